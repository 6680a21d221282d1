import type { Clinic } from '../../harness/clinic.ts';
import type { Run } from '../../harness/run.ts';
import type { Population } from './populations.ts';
import type { Patient } from './reference.ts';
import { birthDateOf } from './birth-dates.ts';
import { directoryColumns, plantedColumn, uuidOf } from './directory-columns.ts';

/** A population at a facility of its own. */
export interface Planted extends Population {
  readonly facility: { readonly id: number; readonly name: string };
  readonly patients: readonly PlantedPatient[];
}

export interface PlantedPatient extends Patient {
  /** The id as the clinic writes it, which may be a uuid. */
  readonly key: string;
}

/**
 * Gives each population a facility, where the doctor works. The patients stand in a table of the judge's, which the view
 * `patient_directory` is made to show, with the columns and types that it has: so no table of the learner's is touched,
 * and whatever reads the view, by `age` or by `birth_date`, sees exactly these patients.
 * `null` when there is no such view to put in front.
 */
export async function plantPopulations(
  run: Run,
  clinic: Clinic,
  doctorEmail: string,
  populations: readonly Population[],
): Promise<readonly Planted[] | null> {
  const { database } = clinic.database;
  const columns = await directoryColumns(clinic);
  if (columns === null) return null;
  const facilities = await openFacilities(run, clinic, doctorEmail, populations.length);

  const isUuid = columns.some((column) => column.name === 'id' && column.type === 'uuid');
  let id = 1_000;
  const planted = populations.map((population, i) => ({
    ...population,
    facility: facilities[i] ?? { id: 0, name: '' },
    patients: population.patients.map((patient) => {
      id += run.random.integer(1, 3);
      return { ...patient, id, key: isUuid ? uuidOf(id) : String(id) };
    }),
  }));
  // Not in the order of their ids: the directory promises none.
  const rows = run.random.shuffle(
    planted.flatMap(({ facility, patients }) =>
      patients.map((patient) => ({
        ...patient,
        facility_id: facility.id,
        facility_name: facility.name,
        birth_date: birthDateOf(run.random, patient.age),
      })),
    ),
  );
  await database.query(
    `CREATE SCHEMA judge_planted;
     CREATE TABLE judge_planted.patients (id integer, name text, birth_date date, age integer, facility_id integer,
       facility_name text, doctor_name text, diagnoses text);
     GRANT USAGE ON SCHEMA judge_planted TO PUBLIC;
     GRANT SELECT ON judge_planted.patients TO PUBLIC`,
  );
  await database.query(
    `INSERT INTO judge_planted.patients
     SELECT * FROM json_populate_recordset(NULL::judge_planted.patients, $1)`,
    [JSON.stringify(rows)],
  );
  await database.query(
    `CREATE OR REPLACE VIEW patient_directory AS
     SELECT ${columns.map(plantedColumn).join(', ')} FROM judge_planted.patients`,
  );
  return planted;
}

/** New facilities, and one doctor working in each. These tables are sound as shipped: no step changes them. */
export async function openFacilities(
  run: Run,
  clinic: Clinic,
  doctorEmail: string,
  count: number,
): Promise<readonly Planted['facility'][]> {
  const names = Array.from({ length: count }, (_, i) => `Practice ${run.random.marker(10)} ${i + 1}`);
  const { rows } = await clinic.database.database.query<Planted['facility'] & Record<string, unknown>>(
    `WITH opened AS (
       INSERT INTO facilities (name, address, phone)
       SELECT name, '1 Planted Street', '555-0199' FROM unnest($1::text[]) AS name
       RETURNING id, name
     ), staffed AS (
       INSERT INTO facility_doctors (facility_id, doctor_id)
       SELECT opened.id, doctors.id FROM opened, doctors WHERE doctors.email = $2
     )
     SELECT id, name FROM opened`,
    [names, doctorEmail],
  );
  return names.flatMap((name) => rows.find((row) => row.name === name) ?? []);
}
