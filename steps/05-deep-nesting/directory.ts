import { ClinicFailure } from '../../harness/failure.ts';
import type { Run } from '../../harness/run.ts';

export interface Listed {
  readonly id: string;
  readonly name: string;
  readonly birth_date: string;
  readonly facility_name: string | null;
  readonly doctor_name: string | null;
  readonly diagnoses: string | null;
}

/** Every patient, as the clinic's own view lists them: so it works with any schema under the view. */
export async function listPatients(run: Run): Promise<readonly Listed[]> {
  const { database } = (await run.clinic()).database;
  try {
    const { rows } = await database.query<Listed & Record<string, unknown>>(
      `SELECT id::text, name, birth_date::text, facility_name, doctor_name, diagnoses::text
       FROM patient_directory ORDER BY id::text`,
    );
    return rows;
  } catch (error) {
    throw new ClinicFailure(noDirectory(error instanceof Error ? error.message : String(error)));
  }
}

/** Those that are there now and were not before. */
export function newcomers(before: readonly Listed[], now: readonly Listed[]): readonly Listed[] {
  const known = new Set(before.map((patient) => patient.id));
  return now.filter((patient) => !known.has(patient.id));
}

function noDirectory(message: string) {
  return {
    ruleId: 'clinic/no-directory',
    level: 'error',
    message: 'The view patient_directory cannot be read any more.',
    tried: 'SELECT id, name, birth_date, facility_name, doctor_name, diagnoses FROM patient_directory',
    expected: 'The columns that the view had at first: lists, search and reports read them.',
    observed: message,
    why: 'A migration that changes the tables under a view has to make the view anew.',
  } as const;
}
