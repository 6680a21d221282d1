import type { Run } from '../run.ts';
import type { Exchange } from '../visit.ts';
import { holds } from './differences.ts';
import { type Person, setStage, type Stage } from './people.ts';

/** Notes are written, listed and read as before. */
export async function checkNotes(run: Run): Promise<void> {
  const stage = await run.once(setStage);
  const { doctor, blank, stranger, missing } = stage;
  const empty = await doctor.get(`${blank.path}/notes`);
  holds(run, empty, { file: FILE, facts: [...headOf(empty, blank, 0), ['a note', idsIn(empty), []]] });
  await writeAndRead(run, stage);
  await checkAuthorless(run, doctor, stranger);
  for (const exchange of [
    await doctor.get(`/patients/${missing}/notes`),
    await doctor.post(`/patients/${missing}/notes`, { body: 'x' }),
  ])
    holds(run, exchange, { file: FILE, facts: [], status: 404, error: 'patient-not-found' });
  const none = await doctor.get(`/notes/${missing}`);
  holds(run, none, { file: FILE, facts: [], status: 404, error: 'note-not-found' });
}

async function writeAndRead(run: Run, stage: Stage): Promise<void> {
  const { doctor, patient } = stage;
  const path = `${patient.path}/notes`;
  const before = idsIn(await doctor.get(path));
  const first = noteText(run);
  const second = `${run.random.marker(8)} "quotes" & <b>signs</b> ${run.random.marker(70)}`;
  for (const body of [` ${first}\n`, second]) {
    const written = await doctor.post(path, { body });
    const sent: Exchange['headers'][string] = written.headers['location'];
    if (!holds(run, written, { file: FILE, facts: [['where it leads', sent, path]], status: 303 })) return;
  }

  const list = await doctor.get(path);
  const [newest, older] = list.page().facts('note');
  const shown = holds(run, list, {
    file: FILE,
    facts: [
      ...headOf(list, patient, before.length + 2),
      ['the newest note', newest?.fields['body'], second],
      ['the note before it', older?.fields['body'], first],
      ['the author', newest?.fields['author'], stage.doctorName],
      ['the notes below', idsIn(list).slice(2), before],
      ['the time of the newest note', newest?.fields['created-at'], inUtc(timesIn(list)[0])],
    ],
  });
  if (!shown || newest === undefined) return;
  await readOne(run, stage, newest.id, second, timesIn(list)[0]);
  await readOnChart(run, stage, idsIn(list), second);
}

async function readOne(
  run: Run,
  { doctor, doctorName, patient }: Stage,
  id: string,
  body: string,
  time: string | undefined,
): Promise<void> {
  const one = await doctor.get(`/notes/${id}`);
  const page = one.page();
  const title = page.text('title')[0] ?? '';
  holds(run, one, {
    file: FILE,
    facts: [
      ['the text', page.field('body'), body],
      ['the patient', page.field('patient'), patient.name],
      ['the facility', page.field('facility'), patient.facility],
      ['the author', page.field('author'), doctorName],
      ['the time', page.field('created-at'), inUtc(time)],
      ['the first 60 characters as the title', title.split(' · ')[0], body.slice(0, 60)],
    ],
  });
}

async function readOnChart(
  run: Run,
  { doctor, doctorName, patient }: Stage,
  ids: readonly string[],
  body: string,
): Promise<void> {
  const chart = await doctor.get(patient.path);
  const page = chart.page();
  const newest = page.facts('note')[0]?.fields;
  holds(run, chart, {
    file: 'app/src/views/patients.ts',
    facts: [
      ['the notes', idsIn(chart), ids],
      ['the number of notes', page.field('note-count'), String(ids.length)],
      ['the newest note', newest?.['body'], body],
      ['its author', newest?.['author'], doctorName],
      ['its day', newest?.['created-at'], timesIn(chart)[0]?.slice(0, 10)],
      ['its link', page.attribute('[data-note-id] a', 'href')[0], `/notes/${ids[0]}`],
    ],
  });
}

async function checkAuthorless(run: Run, doctor: Stage['doctor'], stranger: Person): Promise<void> {
  const list = await doctor.get(`${stranger.path}/notes`);
  if (list.page().field('name') !== stranger.name) return;
  const author = list.page().facts('note')[0]?.fields['author'];
  holds(run, list, { file: FILE, facts: [['the author of a note that names none', author, 'Unknown']] });
}

function headOf(exchange: Exchange, person: Person, count: number) {
  const page = exchange.page();
  return [
    ['the name', page.field('name'), person.name],
    ['the number of notes', page.field('note-count'), String(count)],
    ['what it says when there are none', page.field('no-notes'), count === 0 ? 'No notes yet' : null],
    ['the form', page.attribute('textarea', 'name'), ['body']],
  ] as const;
}

/** The sixtieth character is inside of a word, so that no white space hides where a preview ends. */
const noteText = (run: Run) => `${run.random.marker(20)} ${run.random.marker(70)}`;
const idsIn = (exchange: Exchange) =>
  exchange
    .page()
    .facts('note')
    .map(({ id }) => id);
const timesIn = (exchange: Exchange) => exchange.page().attribute('time', 'datetime');
const inUtc = (time: string | undefined) => time && `${time.slice(0, 16).replace('T', ' ')} UTC`;

const FILE = 'app/src/views/notes.ts';
