import type { Clinic } from '../../harness/clinic.ts';
import type { Run } from '../../harness/run.ts';
import type { Visitor } from '../../harness/visit.ts';

/** Who asks and where: drawn anew in each run, from the clinic's own doctors and facilities. */
export interface People {
  readonly anonymous: Visitor;
  readonly doctor: Visitor;
  readonly doctorName: string;
  /** Two facilities of the doctor's. */
  readonly home: Facility;
  readonly other: Facility;
  /** One where the doctor does not work. */
  readonly foreign: Facility;
}

export interface Facility {
  readonly id: number;
  readonly name: string;
}

export async function meetPeople(run: Run): Promise<People> {
  const clinic = await run.clinic();
  const [doctor, facilities] = await findDoctor(run, clinic);
  const [home, other] = run.random.shuffle(facilities.filter((f) => f.works));
  const [foreign] = run.random.shuffle(facilities.filter((f) => !f.works));
  if (!home || !other || !foreign) throw new Error('the fixtures have no doctor of two facilities');
  return {
    anonymous: clinic.visitor,
    doctor: await clinic.login(doctor.email),
    doctorName: doctor.name,
    home,
    other,
    foreign,
  };
}

/** These three tables are sound as shipped: no step changes them. */
async function findDoctor(run: Run, clinic: Clinic) {
  const { rows } = await clinic.database.database.query<
    Facility & { email: string; doctor: string; works: boolean }
  >(
    `SELECT d.email, d.name AS doctor, f.id, f.name, fd.doctor_id IS NOT NULL AS works
     FROM doctors d CROSS JOIN facilities f
     LEFT JOIN facility_doctors fd ON fd.doctor_id = d.id AND fd.facility_id = f.id
     ORDER BY d.id, f.id`,
  );
  const fit = [...new Set(rows.map((row) => row.email))].filter((email) => {
    const works = rows.filter((row) => row.email === email).map((row) => row.works);
    return works.filter(Boolean).length >= 2 && works.includes(false);
  });
  const email = run.random.shuffle(fit)[0];
  const own = rows.filter((row) => row.email === email);
  return [{ email: email ?? '', name: own[0]?.doctor ?? '' }, own] as const;
}
