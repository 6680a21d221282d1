import type { Run } from '../../harness/run.ts';
import type { Exchange } from '../../harness/visit.ts';
import { newName } from './newcomers.ts';
import { setStage, type Stage, triedOf } from './stage.ts';
import { fold } from './truth.ts';

/** A facility is renamed: its patients, in whatever spelling they came, are its patients still. */
export async function checkFacilityPages(run: Run): Promise<void> {
  const stage = await run.once(setStage);
  const [facility] = stage.facilities;
  const [old = ''] = stage.truth.facilities;
  const name = `${newName(run)} House`;
  const renamed = await stage.amara.post(`/facilities/${facility}/rename`, { name });
  if (renamed.status >= 400) return run.report(refused(renamed, old, name));
  try {
    await expectFollowing(run, stage, old, name);
  } finally {
    await stage.amara.post(`/facilities/${facility}/rename`, { name: old });
  }
}

async function expectFollowing(run: Run, stage: Stage, old: string, name: string): Promise<void> {
  const [facility] = stage.facilities;
  const own = stage.truth.patients.filter((p) => p.facility.kind === 'known' && p.facility.name === old);
  const doing = `After renaming “${old}” to “${name}”`;

  for (const patient of run.random.shuffle(own).slice(0, 3)) {
    const chart = await stage.amara.get(`/patients/${stage.idOf(patient)}`);
    const shown = chart.page().field('facility');
    if (shown !== name)
      run.report({
        ...left(chart, `${doing}, the chart of ${patient.name} names another facility.`),
        expected: `facility: ${name}`,
        observed: `${chart.status}, facility: ${shown ?? 'not shown'}`,
      });
  }

  const page = await stage.amara.get(`/facilities/${facility}`);
  const search = await stage.amara.get('/patients/search?limit=500');
  const expected = own.map(stage.idOf);
  // A note of somebody nobody knows may have been given a chart of its own: more than the records name is fine.
  const elsewhere = stage.truth.patients.filter((patient) => !own.includes(patient)).map(stage.idOf);
  const at = (exchange: Exchange, here: (fields: Readonly<Record<string, string>>) => boolean) =>
    exchange
      .page()
      .facts('patient')
      .filter(({ fields }) => here(fields))
      .map(({ id }) => id);
  const lists = [
    [page, at(page, () => true)],
    [search, at(search, (fields) => fold(fields['facility']) === fold(name))],
  ] as const;
  for (const [exchange, shown] of lists) {
    const isWhole = expected.every((id) => shown.includes(id));
    if (isWhole && !elsewhere.some((id) => shown.includes(id))) continue;
    run.report({
      ...left(exchange, `${doing}, ${exchange.path} does not show its patients and no others.`),
      expected: `${expected.length} patients: ${own.map((patient) => patient.name).join(', ')}.`,
      observed: `${exchange.status}, ${shown.length} patients.`,
    });
  }
}

const left = (exchange: Exchange, message: string) => ({
  ruleId: 'facility/rename-loses-patients',
  message,
  tried: triedOf(exchange),
  why: 'The name is what people call it; what it is must not depend on that.',
  location: { file: 'app/src/models.ts' },
  evidence: [exchange.evidence()],
});

const refused = (exchange: Exchange, old: string, name: string) => ({
  ruleId: 'facility/rename-refused',
  message: `A facility can not be renamed any more: the clinic answers ${exchange.status}.`,
  tried: `${triedOf(exchange)} from “${old}” to “${name}”`,
  expected: '303, and its patients follow.',
  observed: `${exchange.status}: ${exchange.body
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .slice(0, 200)}`,
  why: 'A key on the name itself needs ON UPDATE CASCADE; a key on a number needs nothing.',
  evidence: [exchange.evidence()],
});
