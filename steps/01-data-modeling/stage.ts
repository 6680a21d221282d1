import type { Clinic } from '../../harness/clinic.ts';
import { ClinicFailure } from '../../harness/failure.ts';
import type { Run } from '../../harness/run.ts';
import type { Exchange, Visitor } from '../../harness/visit.ts';
import { legacyRecords } from '../../harness/legacy-records.ts';
import { keyOf, type PatientTruth, type Truth, truthOf } from './truth.ts';

/** The running clinic with people in it. */
export interface Stage {
  readonly clinic: Clinic;
  readonly truth: Truth;
  /** Works at the first facility. */
  readonly amara: Visitor;
  /** Works at the first and the second. */
  readonly lukas: Visitor;
  /** Works at the third. */
  readonly tom: Visitor;
  /** The numbers of the three facilities, in the order of the records. */
  readonly facilities: readonly [string, string, string];
  /** The number of a patient of the legacy records, as the clinic's addresses write it. */
  idOf(patient: PatientTruth): string;
}

export async function setStage(run: Run): Promise<Stage> {
  const clinic = await run.clinic();
  const [truth, listed, facilities, amara, lukas, tom] = await Promise.all([
    legacyRecords().then(truthOf),
    listPatients(clinic),
    facilityNumbers(clinic),
    ...DOCTORS.map((email) => clinic.login(email)),
  ] as const);
  if (amara === undefined || lukas === undefined || tom === undefined)
    throw new Error('three doctors log in');
  const ids = new Map(listed.map(({ id, name, birth_date }) => [keyOf(name, birth_date), id]));
  return {
    clinic,
    truth,
    amara,
    lukas,
    tom,
    facilities,
    idOf: ({ key }) => ids.get(key) ?? 'nobody',
  };
}

export interface Listed extends Record<string, unknown> {
  readonly id: string;
  readonly name: string;
  readonly birth_date: string;
  readonly age: string | null;
  readonly facility_name: string | null;
  readonly doctor_name: string | null;
  readonly diagnoses: string | null;
}

/** Every patient, as lists, search and reports read them. Throws `ClinicFailure` when the view is not as it was. */
export async function listPatients({ database }: Clinic): Promise<readonly Listed[]> {
  return read<Listed>(database, PATIENTS);
}

export async function listNotes({ database }: Clinic) {
  return read<{
    body: string;
    patient_name: string | null;
    facility_name: string | null;
    created_by: string | null;
  }>(database, NOTES);
}

export const triedOf = ({ method, path }: Exchange) => `${method} ${path}`;

async function facilityNumbers(clinic: Clinic): Promise<readonly [string, string, string]> {
  const rows = await read<{ id: string; name: string }>(clinic.database, FACILITIES);
  const { facilities } = truthOf(await legacyRecords());
  const [first, second, third] = facilities.map(
    (name) => rows.find((row) => row.name.trim() === name)?.id ?? 'none',
  );
  return [first ?? 'none', second ?? 'none', third ?? 'none'];
}

async function read<R extends Record<string, unknown>>(
  { database }: Clinic['database'],
  sql: string,
): Promise<readonly R[]> {
  try {
    return (await database.query<R>(sql)).rows;
  } catch (error) {
    throw new ClinicFailure({
      ruleId: 'clinic/view-broken',
      level: 'error',
      message: `The clinic's lists can not be read any more: ${error instanceof Error ? error.message : String(error)}.`,
      tried: sql,
      expected: 'The columns that were there at first: lists, search, export and reports read them.',
      why: 'A view holds on to the columns that it reads. A migration that moves them makes the view anew.',
      location: { file: 'app/migrations' },
    });
  }
}

const DOCTORS = [
  'amara.okafor@clinic.example',
  'lukas.brandt@clinic.example',
  'tom.whitfield@clinic.example',
] as const;
const PATIENTS = `SELECT id::text, name, birth_date::text, age::text, facility_name, doctor_name, diagnoses::text
FROM patient_directory ORDER BY id::text`;
const NOTES = 'SELECT id::text, body, patient_name, facility_name, created_by FROM note_directory';
const FACILITIES = 'SELECT id::text, name FROM facilities';
