import type { Run } from '../../harness/run.ts';
import { admit, expectAdmitted, newName, someBirth } from './newcomers.ts';
import { listPatients, setStage, type Stage, triedOf } from './stage.ts';
import { fold, listed, type PatientTruth } from './truth.ts';

/** The chart shows each diagnosis once, and what is typed into the form is read as carefully as the old lists. */
export async function checkDiagnosesPages(run: Run): Promise<void> {
  const stage = await run.once(setStage);
  for (const patient of run.random.shuffle(stage.truth.patients).slice(0, 5))
    await expectShown(run, stage, stage.idOf(patient), patient.diagnoses, patient);
  await expectDirectory(run, stage);

  const [a = '', b = '', c = ''] = run.random.shuffle(DIAGNOSES);
  const typed = ` ${a.toUpperCase()} , ${b},${a}, ,${c},`;
  const newcomer = { name: newName(run), birth: someBirth(run), diagnoses: typed };
  const { exchange, id } = await admit(stage.lukas, stage.facilities[0], newcomer);
  if (!expectAdmitted(run, stage, exchange, id)) return;
  await expectShown(run, stage, id, listed(typed), newcomer, typed);
}

async function expectShown(
  run: Run,
  stage: Stage,
  id: string,
  expected: readonly string[],
  { name }: Pick<PatientTruth, 'name'>,
  typed?: string,
): Promise<void> {
  const chart = await stage.lukas.get(`/patients/${id}`);
  const shown = chart.page().fields('diagnosis');
  const isRight = shown.map(fold).sort().join() === [...expected].sort().join();
  const isOneSpelling = shown.every((name) =>
    stage.truth.diagnoses.includes(fold(name)) ? name.trim() !== '' : true,
  );
  if (isRight && isOneSpelling) return;
  run.report({
    ruleId: 'diagnoses/shown-wrong',
    message:
      typed === undefined
        ? `The chart of ${name} does not show each diagnosis once.`
        : 'What was typed into the form of a new patient did not become their diagnoses.',
    tried: typed === undefined ? triedOf(chart) : `Diagnoses “${typed}” in the form, then GET ${chart.path}`,
    expected: expected.join(', ') || 'None.',
    observed: `${chart.status}: ${shown.join(', ') || 'none'}`,
    why: 'An illness that is listed twice is counted twice, and one that is missing is not treated.',
    location: { file: 'app/src/models.ts' },
    evidence: [chart.evidence()],
  });
}

/** Lists, export and reports read one text, with commas between. */
async function expectDirectory(run: Run, stage: Stage): Promise<void> {
  const rows = await listPatients(stage.clinic);
  const wrong = stage.truth.patients.flatMap((patient) => {
    const row = rows.find(({ id }) => id === stage.idOf(patient));
    const shown = (row?.diagnoses ?? '')
      .split(',')
      .map(fold)
      .filter((word) => word !== '');
    return shown.sort().join() === patient.diagnoses.join() ? [] : [{ patient, shown }];
  });
  if (wrong.length === 0) return;
  run.report({
    ruleId: 'diagnoses/directory-wrong',
    message: `The view patient_directory shows ${wrong.length} patients with other diagnoses than theirs.`,
    tried: 'SELECT name, diagnoses FROM patient_directory',
    expected: wrong
      .slice(0, 4)
      .map(({ patient }) => `${patient.name}: ${patient.diagnoses.join(', ') || 'none'}`)
      .join('; '),
    observed: wrong
      .slice(0, 4)
      .map(({ patient, shown }) => `${patient.name}: ${shown.join(', ') || 'none'}`)
      .join('; '),
    why: 'The view hands them on as one text with commas between, because lists, search, export and reports read them so.',
    location: { file: 'app/migrations' },
  });
}

const DIAGNOSES = ['asthma', 'flu', 'diabetes', 'heart disease', 'gout'];
