import { legacyRecords } from '../legacy-records.ts';
import type { Run } from '../run.ts';
import type { Visitor } from '../visit.ts';

/** Somebody whose record every design of the tables keeps as it was: no spelling to mend, no namesake. */
export interface Person {
  readonly path: string;
  readonly name: string;
  readonly birthDate: string;
  readonly facility: string;
  readonly doctor: string;
  readonly diagnoses: readonly string[];
}

export interface Stage {
  readonly doctor: Visitor;
  readonly doctorName: string;
  /** Has diagnoses and notes. */
  readonly patient: Person;
  /** Has neither. */
  readonly blank: Person;
  /** Without a facility and a doctor. */
  readonly stranger: Person;
  /** No record has it. */
  readonly missing: number;
}

/** Who looks at whom, drawn anew in each run. Ask through `run.once`. */
export async function setStage(run: Run): Promise<Stage> {
  const clinic = await run.clinic();
  const { doctors } = await legacyRecords();
  const { name, email } = run.random.shuffle(doctors)[0] ?? { name: '', email: '' };
  return {
    doctor: await clinic.login(email),
    doctorName: name,
    patient: await find(run, run.random.pick(TIDY)),
    blank: await find(run, BLANK),
    stranger: await find(run, STRANGER),
    missing: run.random.integer(100_000, 900_000),
  };
}

/** By name in the view that lists and search read: a new design of the tables may have given other numbers. */
async function find(run: Run, name: string): Promise<Person> {
  const { patients } = await legacyRecords();
  const record = patients.find((patient) => patient.name === name);
  if (record === undefined) throw new Error(`the sample data has no ${name}`);
  const database = await run.database();
  const listed = await database
    .query('SELECT id FROM patient_directory WHERE name = $1', [name])
    .catch(() => ({ rows: [] }));
  const [row] = listed.rows as { id?: unknown }[];
  const id = row?.id;
  return {
    path: `/patients/${typeof id === 'string' || typeof id === 'number' ? id : record.id}`,
    name,
    birthDate: record.birth_date,
    facility: record.facility_name ?? '',
    doctor: record.doctor_name ?? '',
    diagnoses: (record.diagnoses ?? '').split(',').filter((diagnosis) => diagnosis !== ''),
  };
}

const TIDY = ["Sean O'Brien", 'Marta Union', 'Drop Wilson'] as const;
const BLANK = 'Emil Sand';
const STRANGER = 'Kim Vale';
