import type { Run } from '../../harness/run.ts';
import { admit, expectAdmitted, newName, someBirth } from './newcomers.ts';
import { listNotes, setStage, type Stage, triedOf } from './stage.ts';
import { fold, type PatientTruth } from './truth.ts';

/** Everybody's chart holds their own notes: the clinic's two Jo Smiths, and two newcomers of one name. */
export async function checkNotesPages(run: Run): Promise<void> {
  const stage = await run.once(setStage);
  const { patients } = stage.truth;
  const namesakes = patients.filter((p) => patients.some((q) => q !== p && fold(q.name) === fold(p.name)));
  const others = patients.filter((p) => !namesakes.includes(p));
  for (const patient of [...namesakes, ...run.random.shuffle(others).slice(0, 4)])
    await expectOwn(run, stage, patient);
  await expectNewNote(run, stage);
}

async function expectOwn(run: Run, stage: Stage, patient: PatientTruth): Promise<void> {
  const chart = await stage.amara.get(`/patients/${stage.idOf(patient)}`);
  const shown = bodiesOn(chart.page());
  const own = stage.truth.notes.filter((note) => note.patient === patient.key).map(({ body }) => body);
  const foreign = shown.filter((body) => !own.some((mine) => fold(mine) === body));
  const missing = own.filter((body) => !shown.includes(fold(body)));
  if (foreign.length === 0 && missing.length === 0 && chart.status === 200) return;
  run.report({
    ruleId: foreign.length > 0 ? 'notes/foreign-notes-shown' : 'notes/own-notes-missing',
    message:
      foreign.length > 0
        ? `The chart of ${patient.name}, born ${patient.birth}, shows somebody else's notes.`
        : `The chart of ${patient.name}, born ${patient.birth}, does not show all of their notes.`,
    tried: triedOf(chart),
    expected: own.map((body) => `“${body}”`).join(' and ') || 'No notes.',
    observed: `${chart.status}, ${shown.map((body) => `“${body}”`).join(' and ') || 'no notes'}.`,
    why: 'One of two namesakes is allergic to what the other is given.',
    location: { file: 'app/src/models.ts' },
    evidence: [chart.evidence()],
  });
}

async function expectNewNote(run: Run, stage: Stage): Promise<void> {
  const name = newName(run);
  const [one, two] = [someBirth(run), `2001-0${run.random.integer(1, 9)}-11`];
  const first = await admit(stage.lukas, stage.facilities[0], { name, birth: one, diagnoses: '' });
  const second = await admit(stage.lukas, stage.facilities[1], { name, birth: two, diagnoses: '' });
  if (!expectAdmitted(run, stage, first.exchange, first.id)) return;
  if (!expectAdmitted(run, stage, second.exchange, second.id)) return;

  const body = `Seen for ${run.random.marker(10)}, with care.`;
  const written = await stage.amara.post(`/patients/${first.id}/notes`, { body });
  const [mine, theirs] = [
    await stage.amara.get(`/patients/${first.id}`),
    await stage.amara.get(`/patients/${second.id}`),
  ];
  const note = mine
    .page()
    .facts('note')
    .find(({ fields }) => fields['body'] === body);
  const page = note === undefined ? null : await stage.amara.get(`/notes/${note.id}`);
  const row = (await listNotes(stage.clinic)).find((listed) => listed.body === body);
  const [facility = '', author = ''] = [stage.truth.facilities[0], stage.truth.doctors[0]];

  const facts: readonly (readonly [string, string, string | null | undefined])[] = [
    ['the note on the chart it was written for', body, note?.fields['body']],
    ['notes on the chart of the namesake', 'none', bodiesOn(theirs.page()).join(', ') || 'none'],
    ['its author there', author, note?.fields['author']],
    ['the patient on its own page', name, page?.page().field('patient')],
    ['the author on its own page', author, page?.page().field('author')],
    ['the facility on its own page', facility, page?.page().field('facility')],
    ['the patient in note_directory', name, row?.patient_name],
    ['the facility in note_directory', facility, row?.facility_name],
    ['the author in note_directory', author, row?.created_by],
  ];
  const wrong = facts.filter(([, expected, shown]) => expected !== shown);
  if (wrong.length === 0) return;
  run.report({
    ruleId: wrong.some(([what]) => what.includes('namesake'))
      ? 'notes/foreign-notes-shown'
      : 'notes/new-note-wrong',
    message: `A new note for one of two patients called ${name} is not where it belongs, or not whole.`,
    tried: `POST ${written.path} as ${author}, for a patient of ${facility}; then both charts, the note's page and the view note_directory.`,
    expected: wrong.map(([what, expected]) => `${what}: ${expected}`).join('; '),
    observed: `${written.status}; ${wrong.map(([what, , shown]) => `${what}: ${shown ?? 'nothing'}`).join('; ')}`,
    why: 'A note that nobody finds was not written, and one in another chart is worse.',
    location: { file: 'app/src/models.ts' },
    evidence: [theirs.evidence()],
  });
}

const bodiesOn = (page: { facts(kind: 'note'): readonly { fields: Readonly<Record<string, string>> }[] }) =>
  page.facts('note').map(({ fields }) => fold(fields['body']));
