import type { Clinic } from '../../harness/clinic.ts';
import {
  admitPatient,
  type Admission,
  hireDoctors,
  openFacilities,
  planFacility,
} from '../../harness/population.ts';
import { type OwnFunction, ownFunctions } from '../../harness/queries/functions.ts';
import type { Run } from '../../harness/run.ts';
import { loadGrammar } from '../../harness/sql/shape.ts';
import type { Exchange, Visitor } from '../../harness/visit.ts';

/** What all checks act on. */
export interface Stage {
  readonly clinic: Clinic;
  /** Works at `north` and at every facility that is opened, but for one where nobody does. */
  readonly doctor: Visitor;
  readonly north: string;
  readonly functions: readonly OwnFunction[];
  /** E-mail addresses: the visitor's first. */
  readonly doctors: readonly [string, ...string[]];
}

/** Ids of the facilities that were opened while the clinic ran. */
export interface Opened {
  readonly empty: string;
  /** Two patients, one note. */
  readonly small: string;
  /** The like, until it is filled. */
  readonly large: string;
  /** The clinic's answer when it took no patient or no note; `null` when it took them all. */
  readonly refused: Exchange | null;
}

/** To be asked for by `run.once`: the login costs a password hash. */
export async function setStage(run: Run): Promise<Stage> {
  const clinic = await run.clinic();
  const functions = await ownFunctions(clinic.database);
  await loadGrammar();
  const { rows } = await clinic.database.database.query<{ email: string; north: string; works: boolean }>(
    `SELECT d.email, f.id::text AS north, EXISTS (
       SELECT FROM facility_doctors fd WHERE fd.doctor_id = d.id AND fd.facility_id = f.id) AS works
     FROM doctors d, facilities f WHERE f.name = 'North Clinic' ORDER BY d.id`,
  );
  const [own] = run.random.shuffle(rows.filter((row) => row.works));
  if (own === undefined) throw new Error('the fixtures have no doctor at the North Clinic');
  const others = run.random.shuffle(rows.map((row) => row.email).filter((email) => email !== own.email));
  return {
    clinic,
    doctor: await clinic.login(own.email),
    north: own.north,
    functions,
    doctors: [own.email, ...others],
  };
}

/** Opens nine facilities: with the clinic's three that makes twelve. */
export async function openNine(run: Run, { clinic, doctor, doctors }: Stage): Promise<Opened> {
  const staffed = Array.from({ length: NEW_FACILITIES - 1 }, (_, i) =>
    planFacility(run.random, [doctors[0], ...doctors.slice(1, 1 + (i % doctors.length))]),
  );
  const planned = [...staffed, planFacility(run.random, [])];
  const [empty = '', ...ids] = await openFacilities(clinic, planned);
  const inhabited = ids.slice(0, -1);
  let refused: Exchange | null = null;
  for (const id of inhabited) {
    refused ??= (await admitPatient(doctor, run.random, id, 1)).refused;
    if (id === inhabited[0]) refused ??= (await admitPatient(doctor, run.random, id, 0)).refused;
  }
  return { empty, small: inhabited[0] ?? '', large: inhabited.at(-1) ?? '', refused };
}

/** Gives one facility more patients, each with a note: nothing else of the clinic grows. */
export async function fillLarge(run: Run, { doctor }: Stage, { large }: Opened): Promise<Admission> {
  for (let i = 0; i < NEW_PATIENTS; i += 1) {
    const admission = await admitPatient(doctor, run.random, large, 1);
    if (admission.refused !== null) return admission;
  }
  return { refused: null };
}

/** Opens many more facilities, without patients, each with a doctor of its own. */
export async function openMany(run: Run, { clinic }: Stage): Promise<number> {
  const count = run.random.integer(130, 160);
  const hired = await hireDoctors(clinic, run.random, count);
  await openFacilities(
    clinic,
    hired.map((doctor) => planFacility(run.random, [doctor])),
  );
  return count;
}

export const NEW_FACILITIES = 9;
export const NEW_PATIENTS = 8;
