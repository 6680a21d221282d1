import type { Run } from '../../harness/run.ts';
import { admit, expectAdmitted, newName, someBirth } from './newcomers.ts';
import { setStage, type Stage } from './stage.ts';

/** A doctor takes another name: the patients follow. A new patient belongs to the doctor who admitted them. */
export async function checkDoctorPages(run: Run): Promise<void> {
  const stage = await run.once(setStage);
  await expectAdmittingDoctor(run, stage);

  const [old = ''] = stage.truth.doctors;
  const name = newName(run);
  const refusal = await rename(stage, old, name);
  if (refusal !== null) return run.report(refused(old, refusal));
  try {
    const own = stage.truth.patients.filter((p) => p.doctor.kind === 'known' && p.doctor.name === old);
    for (const patient of run.random.shuffle(own).slice(0, 3)) {
      const chart = await stage.amara.get(`/patients/${stage.idOf(patient)}`);
      const shown = chart.page().field('doctor');
      if (shown === name) continue;
      run.report({
        ruleId: 'doctor/rename-loses-patients',
        message: `A doctor took another name, and the chart of ${patient.name} still has the old one.`,
        tried: `UPDATE doctors SET name = '${name}' WHERE name = '${old}', then GET ${chart.path}`,
        expected: `doctor: ${name}`,
        observed: `${chart.status}, doctor: ${shown ?? 'not shown'}`,
        why: 'Whoever looks for the doctor to ask finds nobody of that name.',
        location: { file: 'app/src/models.ts' },
        evidence: [chart.evidence()],
      });
    }
  } finally {
    await rename(stage, name, old);
  }
}

async function expectAdmittingDoctor(run: Run, stage: Stage): Promise<void> {
  const newcomer = { name: newName(run), birth: someBirth(run), diagnoses: 'flu' };
  const { exchange, id } = await admit(stage.lukas, stage.facilities[1], newcomer);
  if (!expectAdmitted(run, stage, exchange, id)) return;
  const chart = await stage.lukas.get(`/patients/${id}`);
  const shown = chart.page().field('doctor');
  if (shown === stage.truth.doctors[1]) return;
  run.report({
    ruleId: 'doctor/not-stored',
    message: 'A new patient does not belong to the doctor who admitted them.',
    tried: `POST ${exchange.path} as ${stage.truth.doctors[1]}, then GET ${chart.path}`,
    expected: `doctor: ${stage.truth.doctors[1]}`,
    observed: `${chart.status}, doctor: ${shown ?? 'not shown'}`,
    why: 'From the first day on nobody is answerable for this patient.',
    location: { file: 'app/src/models.ts' },
    evidence: [chart.evidence()],
  });
}

/** There is no page for it: doctors change their names in the database. Answers the server's refusal. */
async function rename({ clinic }: Stage, from: string, to: string): Promise<string | null> {
  try {
    await clinic.database.database.query('UPDATE doctors SET name = $2 WHERE name = $1', [from, to]);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const refused = (old: string, refusal: string) => ({
  ruleId: 'doctor/rename-refused',
  message: 'A doctor can not take another name any more.',
  tried: `UPDATE doctors SET name = … WHERE name = '${old}'`,
  expected: 'The name changes, and the patients follow.',
  observed: refusal,
  why: 'A key on the name itself needs ON UPDATE CASCADE; a key on a number needs nothing.',
  location: { file: 'app/migrations' },
});
