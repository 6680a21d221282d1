import type { Clinic } from '../../harness/clinic.ts';

export interface ListTruth {
  readonly facilities: readonly {
    readonly id: string;
    readonly name: string;
    readonly phone: string;
    readonly patients: number;
    readonly doctors: readonly { readonly id: string; readonly name: string }[];
    readonly newest: { readonly id: string; readonly body: string; readonly day: string } | null;
  }[];
}

export interface FacilityTruth {
  readonly name: string;
  readonly address: string;
  readonly phone: string;
  readonly doctors: readonly { readonly id: string; readonly name: string; readonly specialty: string }[];
  readonly patients: readonly {
    readonly id: string;
    readonly name: string;
    readonly birth_date: string;
    readonly age: number | null;
    readonly doctor: string | null;
    /** A text, or what else a data model makes of it. */
    readonly diagnoses: unknown;
  }[];
  readonly notes: readonly {
    readonly id: string;
    readonly body: string;
    readonly author: string | null;
    readonly patient: string;
    readonly day: string;
    readonly patient_id: string | null;
  }[];
}

/** What the list has to show, from the views that every data model keeps. */
export const trueList = (clinic: Clinic): Promise<ListTruth> => ask(clinic, LIST, []);

/** What a facility's page has to show. */
export const trueFacility = (clinic: Clinic, id: string): Promise<FacilityTruth> =>
  ask(clinic, FACILITY, [id]);

async function ask<T>({ database }: Clinic, sql: string, parameters: string[]): Promise<T> {
  const { rows } = await database.database.query<{ truth: T }>(sql, parameters);
  const [row] = rows;
  if (row === undefined) throw new Error('the reference has no answer');
  return row.truth;
}

const DAY = `to_char(n.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')`;

const LIST = `
  SELECT json_build_object('facilities', coalesce(json_agg(json_build_object(
    'id', f.id::text, 'name', f.name, 'phone', f.phone,
    'patients', (SELECT count(*) FROM patient_directory p WHERE p.facility_name = f.name),
    'doctors', (SELECT coalesce(json_agg(json_build_object('id', d.id::text, 'name', d.name) ORDER BY d.name, d.id), '[]')
      FROM doctors d JOIN facility_doctors fd ON fd.doctor_id = d.id WHERE fd.facility_id = f.id),
    'newest', (SELECT json_build_object('id', n.id::text, 'body', n.body, 'day', ${DAY})
      FROM note_directory n WHERE n.facility_name = f.name ORDER BY n.created_at DESC, n.id DESC LIMIT 1)
  ) ORDER BY f.name, f.id), '[]')) AS truth FROM facilities f`;

const FACILITY = `
  SELECT json_build_object('name', f.name, 'address', f.address, 'phone', f.phone,
    'doctors', (SELECT coalesce(json_agg(json_build_object('id', d.id::text, 'name', d.name, 'specialty', d.specialty)
        ORDER BY d.name, d.id), '[]')
      FROM doctors d JOIN facility_doctors fd ON fd.doctor_id = d.id WHERE fd.facility_id = f.id),
    'patients', (SELECT coalesce(json_agg(json_build_object('id', p.id::text, 'name', p.name, 'birth_date', p.birth_date::text,
        'age', p.age, 'doctor', p.doctor_name, 'diagnoses', p.diagnoses) ORDER BY p.name, p.id), '[]')
      FROM patient_directory p WHERE p.facility_name = f.name),
    'notes', (SELECT coalesce(json_agg(note), '[]') FROM (
      SELECT n.id::text, n.body, n.created_by AS author, n.patient_name AS patient, ${DAY} AS day,
        (SELECT p.id::text FROM patient_directory p
         WHERE p.name = n.patient_name AND p.facility_name = f.name LIMIT 1) AS patient_id
      FROM note_directory n WHERE n.facility_name = f.name ORDER BY n.created_at DESC, n.id DESC LIMIT 5) note)
  ) AS truth FROM facilities f WHERE f.id::text = $1`;
