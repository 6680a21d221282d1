import type { Run } from '../../harness/run.ts';
import { admit, expectAdmitted, newName } from './newcomers.ts';
import { listPatients, setStage, type Stage, triedOf } from './stage.ts';
import { ageOn, today } from './truth.ts';

/** The age follows from the birth date, on the chart and in every list. */
export async function checkAgePages(run: Run): Promise<void> {
  const stage = await run.once(setStage);
  await expectDirectory(run, stage);
  const years = run.random.integer(30, 70);
  for (const days of [-3, 3]) {
    const birthday = today(days);
    const birth = `${Number(birthday.slice(0, 4)) - years}${birthday.slice(4)}`.replace('-02-29', '-02-28');
    const newcomer = { name: newName(run), birth, diagnoses: '' };
    const { exchange, id } = await admit(stage.lukas, stage.facilities[0], newcomer);
    if (!expectAdmitted(run, stage, exchange, id)) return;
    await expectAge(run, stage, id, newcomer);
  }
  for (const patient of run.random.shuffle(stage.truth.patients).slice(0, 3))
    await expectAge(run, stage, stage.idOf(patient), patient);
}

async function expectAge(
  run: Run,
  stage: Stage,
  id: string,
  { name, birth }: { readonly name: string; readonly birth: string },
): Promise<void> {
  const right = agesOf(birth);
  const chart = await stage.lukas.get(`/patients/${id}`);
  const shown = chart.page().field('age');
  if (shown !== null && [...right, ...agesOf(birth)].includes(shown)) return;
  run.report({
    ruleId: 'age/shown-wrong',
    message: `The chart of ${name}, born ${birth}, shows another age than today's.`,
    tried: triedOf(chart),
    expected: right[0] ?? '',
    observed: `${chart.status}, age: ${shown ?? 'not shown'}`,
    why: 'Doses follow from the age.',
    location: { file: 'app/src/models.ts' },
    evidence: [chart.evidence()],
  });
}

async function expectDirectory(run: Run, stage: Stage): Promise<void> {
  const rows = await listPatients(stage.clinic);
  const wrong = rows.filter(
    ({ birth_date: birth, age }) => birth !== null && !agesOf(birth).includes(age ?? ''),
  );
  if (wrong.length === 0) return;
  const listing = (words: (row: (typeof rows)[number]) => string) => wrong.slice(0, 4).map(words).join('; ');
  run.report({
    ruleId: 'age/directory-wrong',
    message: `The view patient_directory shows ${wrong.length} patients with another age than today's.`,
    tried: 'SELECT name, birth_date, age FROM patient_directory',
    expected: listing(({ name, birth_date: birth }) => `${name}, born ${birth}: ${agesOf(birth)[0]}`),
    observed: listing(({ name, age }) => `${name}: ${age ?? 'none'}`),
    why: 'Search, export and the report of a facility read the age there.',
    location: { file: 'app/migrations' },
  });
}

/** Who was born on a leap day may turn a year older on 28 February or on 1 March: both are law somewhere. */
function agesOf(birth: string): readonly string[] {
  const day = today();
  const leap = birth.endsWith('-02-29') && day.endsWith('-02-28');
  return [ageOn(day, birth), ...(leap ? [ageOn(day, birth) + 1] : [])].map(String);
}
