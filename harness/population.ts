import type { Clinic } from './clinic.ts';
import type { Random } from './random.ts';
import type { Exchange, Visitor } from './visit.ts';

export interface PlannedFacility {
  readonly name: string;
  readonly address: string;
  readonly phone: string;
  /** E-mail addresses of the doctors who work there. */
  readonly doctors: readonly string[];
}

/** A facility whose name no other has, beginning with a capital: it sorts alike in every collation. */
export function planFacility(random: Random, doctors: readonly string[]): PlannedFacility {
  return {
    name: `${capital(random)}${random.marker(9)} Practice`,
    address: `${random.integer(1, 99)} ${capital(random)}${random.marker(5)} Street`,
    phone: `555-${random.integer(100_000, 999_999)}`,
    doctors,
  };
}

/** New doctors, whose e-mail addresses are answered. Nobody can log in as one of them. */
export async function hireDoctors(
  { database: { database } }: Clinic,
  random: Random,
  count: number,
): Promise<readonly string[]> {
  const doctors = Array.from({ length: count }, () => {
    const name = `${capital(random)}${random.marker(9)}`;
    return { name: `${name} Vale`, email: `${name.toLowerCase()}@clinic.example` };
  });
  await database.query(
    `INSERT INTO doctors (name, email, specialty, password_hash)
     SELECT name, email, 'General practice', 'none' FROM json_to_recordset($1) AS d(name text, email text)`,
    [JSON.stringify(doctors)],
  );
  return doctors.map(({ email }) => email);
}

/**
 * Opens facilities beside the clinic, as an import would. Answers their ids in the order of the plan. The three tables
 * are sound as shipped: no step changes them.
 */
export async function openFacilities(
  { database: { database } }: Clinic,
  planned: readonly PlannedFacility[],
): Promise<readonly string[]> {
  const { rows } = await database.query<{ id: string; name: string }>(
    `WITH planned AS (SELECT * FROM json_to_recordset($1) AS p(name text, address text, phone text, doctors json)),
     opened AS (
       INSERT INTO facilities (name, address, phone) SELECT name, address, phone FROM planned RETURNING id, name
     ), staffed AS (
       INSERT INTO facility_doctors (facility_id, doctor_id)
       SELECT opened.id, doctors.id FROM planned JOIN opened USING (name)
       CROSS JOIN json_array_elements_text(planned.doctors) AS staff(email) JOIN doctors USING (email)
     )
     SELECT id::text AS id, name FROM opened`,
    [JSON.stringify(planned)],
  );
  const ids = new Map(rows.map(({ id, name }) => [name, id]));
  return planned.map(({ name }) => ids.get(name) ?? '');
}

export interface Admission {
  /** What the clinic answered when it did not take the patient or the note; `null` when all went well. */
  readonly refused: Exchange | null;
}

/** Makes one patient of a facility through the clinic's own forms, with so many notes: any schema under them will do. */
export async function admitPatient(
  doctor: Visitor,
  random: Random,
  facilityId: string,
  noteCount: number,
): Promise<Admission> {
  const form = {
    name: `${capital(random)}${random.marker(7)} ${random.pick(FAMILY_NAMES)}`,
    birth_date: `${random.integer(1930, 2019)}-0${random.integer(1, 9)}-${random.integer(10, 28)}`,
    diagnoses: random.pick(['', 'asthma', 'asthma, flu', 'gout']),
  };
  const created = await doctor.post(`/facilities/${facilityId}/patients/new`, form);
  const place = String(created.headers['location'] ?? '');
  if (created.status !== 303 && created.status !== 302) return { refused: created };
  for (let i = 0; i < noteCount; i += 1) {
    const written = await doctor.post(`${place}/notes`, { body: `Seen today: ${random.marker(12)}.` });
    if (written.status !== 303 && written.status !== 302) return { refused: written };
  }
  return { refused: null };
}

const capital = (random: Random) => String.fromCharCode(random.integer(65, 90));

const FAMILY_NAMES = ["O'Hara", 'Sato', 'Vale', 'Ruiz', 'Lindqvist'] as const;
