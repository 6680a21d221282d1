import type { Run } from '../../harness/run.ts';
import type { Exchange } from '../../harness/visit.ts';
import { admit, expectAdmitted, newName, someBirth } from './newcomers.ts';
import { listNotes, listPatients, setStage, type Stage, triedOf } from './stage.ts';
import { fold } from './truth.ts';

/** What the clinic can do, it can do still: at every stage of the work. */
export async function checkClinic(run: Run): Promise<void> {
  const stage = await run.once(setStage);
  const [north, second] = stage.facilities;
  const newcomer = { name: newName(run), birth: someBirth(run), diagnoses: 'asthma, gout' };
  const { exchange, id } = await admit(stage.lukas, north, newcomer);
  if (!expectAdmitted(run, stage, exchange, id)) return;

  const search = await stage.lukas.get(
    `/patients/search?name=${encodeURIComponent(newcomer.name.slice(0, 9))}`,
  );
  const found = search.page().facts('patient');
  expect(
    run,
    search,
    'The search finds a new patient by the beginning of the name.',
    `1 patient, number ${id}`,
    found.length === 1 && found[0]?.id === id,
    `${found.length} patients`,
  );

  const page = await stage.amara.get(`/facilities/${north}`);
  const listed = page
    .page()
    .facts('patient')
    .some((fact) => fact.id === id);
  expect(run, page, 'The page of the facility lists a new patient.', newcomer.name, listed, 'not listed');

  const csv = await stage.amara.get(`/patients/export?facility=${north}`);
  const line = csv.body.split(/\r?\n/).find((one) => one.includes(newcomer.name)) ?? 'no line';
  expect(
    run,
    csv,
    'The export has a line for a new patient.',
    `${id},${newcomer.name},${newcomer.birth},…,${stage.truth.facilities[0]}`,
    line.startsWith(`${id},${newcomer.name},${newcomer.birth},`) &&
      line.includes(stage.truth.facilities[0] ?? ''),
    line,
  );

  const report = await stage.amara.get(`/facilities/${north}/report`);
  expect(
    run,
    report,
    'The report of the facility counts all patients that its page lists.',
    `total_patients ${page.page().facts('patient').length}`,
    report.status === 200 && report.body.includes(`"total_patients":${page.page().facts('patient').length},`),
    report.body.slice(0, 80),
  );

  const again = await admit(stage.lukas, north, { ...newcomer, name: newcomer.name.toUpperCase() });
  expect(
    run,
    again.exchange,
    'A second patient of that name at the same facility is refused, in any case of letters.',
    '409 patient-exists',
    again.exchange.status === 409,
    String(again.exchange.status),
  );
  const elsewhere = await admit(stage.lukas, second, { ...newcomer, birth: '2002-02-02' });
  expect(
    run,
    elsewhere.exchange,
    'A patient of the same name at another facility is admitted.',
    '303',
    elsewhere.id !== null,
    String(elsewhere.exchange.status),
  );
  const withoutList = await admit(stage.lukas, second, {
    name: newName(run),
    birth: someBirth(run),
    diagnoses: '',
  });
  expect(
    run,
    withoutList.exchange,
    'A patient without diagnoses is admitted.',
    '303',
    withoutList.id !== null,
    String(withoutList.exchange.status),
  );

  for (const path of UNKNOWN) {
    const none = await stage.amara.get(path);
    expect(
      run,
      none,
      'A number that nobody has is not found.',
      '404',
      none.status === 404,
      String(none.status),
    );
  }
  await expectNotes(run, stage);
  await expectEverybody(run, stage);
}

async function expectNotes(run: Run, stage: Stage): Promise<void> {
  const [patient] = run.random.shuffle(stage.truth.patients);
  if (patient === undefined) return;
  const before = await stage.amara.get(`/patients/${stage.idOf(patient)}/notes`);
  const body = `Asked to come back about ${run.random.marker(9)}.`;
  await stage.amara.post(`/patients/${stage.idOf(patient)}/notes`, { body });
  const after = await stage.amara.get(`/patients/${stage.idOf(patient)}/notes`);
  const bodies = after
    .page()
    .facts('note')
    .map(({ fields }) => fields['body']);
  expect(
    run,
    after,
    `A note that was written for ${patient.name} is the first in the list.`,
    `“${body}” first, one note more`,
    bodies[0] === body && bodies.length === before.page().facts('note').length + 1,
    `${bodies.length} notes, first “${bodies[0] ?? ''}”`,
  );
}

/** Nobody and no note falls out of the views, and each chart opens. */
async function expectEverybody(run: Run, stage: Stage): Promise<void> {
  const names = (await listPatients(stage.clinic)).map(
    ({ name, birth_date }) => `${fold(name)} ${birth_date}`,
  );
  const missing = stage.truth.patients.filter(({ name, birth }) => !names.includes(`${fold(name)} ${birth}`));
  const bodies = (await listNotes(stage.clinic)).map((note) => note.body);
  const unread = stage.truth.notes.filter(({ body, patient }) => patient !== null && !bodies.includes(body));
  if (missing.length > 0 || unread.length > 0)
    run.report({
      ruleId: 'clinic/view-incomplete',
      message:
        'The views patient_directory and note_directory do not show everybody and everything any more.',
      tried: 'SELECT … FROM patient_directory and FROM note_directory',
      expected: 'A row for each patient, also for one without facility or doctor, and for each note.',
      observed: `Missing: ${[...missing.map(({ name }) => name), ...unread.map(({ body }) => `“${body.slice(0, 30)}…”`)].slice(0, 6).join(', ')}`,
      why: 'A JOIN leaves out what has no partner; a LEFT JOIN does not.',
      location: { file: 'app/migrations' },
    });
  for (const patient of run.random.shuffle(stage.truth.patients).slice(0, 3)) {
    const chart = await stage.amara.get(`/patients/${stage.idOf(patient)}`);
    const shown = chart.page().field('name');
    expect(
      run,
      chart,
      'A chart opens.',
      patient.name,
      chart.status === 200 && fold(shown) === fold(patient.name),
      `${chart.status}, ${shown ?? 'no name'}`,
    );
  }
}

function expect(
  run: Run,
  exchange: Exchange,
  what: string,
  expected: string,
  isSo: boolean,
  observed: string,
): void {
  if (isSo) return;
  run.report({
    ruleId: 'clinic/broken',
    message: `This was so and is no more: ${what}`,
    tried: triedOf(exchange),
    expected,
    observed: `${exchange.status}: ${observed}`,
    why: 'Whoever works with the clinic should notice nothing of a better model but that the mistakes are gone.',
    location: { file: 'app/src/models.ts' },
    evidence: [exchange.evidence()],
  });
}

const UNKNOWN = [
  '/patients/987654',
  '/patients/nobody',
  '/patients/00000000-0000-4000-8000-000000000000',
  '/notes/987654',
  '/notes/00000000-0000-4000-8000-000000000000',
];
