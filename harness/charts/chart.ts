import type { Run } from '../run.ts';
import { holds } from './differences.ts';
import { type Person, setStage, type Stage } from './people.ts';

/** The page of one patient shows what it showed, for a full record, an empty one and none. */
export async function checkChart(run: Run): Promise<void> {
  const stage = await run.once(setStage);
  await checkFacts(run, stage, stage.patient);
  await checkFacts(run, stage, stage.blank);
  await checkStranger(run, stage);
  const exchange = await stage.doctor.get(`/patients/${stage.missing}`);
  holds(run, exchange, { file: FILE, facts: [], status: 404, error: 'patient-not-found' });
}

async function checkFacts(run: Run, { doctor }: Stage, person: Person): Promise<void> {
  const exchange = await doctor.get(person.path);
  const page = exchange.page();
  const { diagnoses } = person;
  const shown = page.fields('diagnosis').map((diagnosis) => diagnosis.toLowerCase());
  holds(run, exchange, {
    file: FILE,
    facts: [
      ['the name', page.field('name'), person.name],
      ['the facility', page.field('facility'), person.facility],
      ['the doctor', page.field('doctor'), person.doctor],
      ['the birth date', page.field('birth-date'), person.birthDate],
      ['the age is a number', /^\d+$/.test(page.field('age') ?? ''), true],
      ['the diagnoses', shown.sort(), [...diagnoses].sort()],
      [
        'what it says when there are no diagnoses',
        page.field('no-diagnoses'),
        diagnoses.length > 0 ? null : 'None recorded',
      ],
      ['the number of notes', page.field('note-count'), String(page.facts('note').length)],
      [
        'what it says when there are no notes',
        page.field('no-notes'),
        page.facts('note').length > 0 ? null : 'No notes yet',
      ],
      [
        'the link to the notes',
        page.attribute('a', 'href').some((href) => href === `${person.path}/notes`),
        true,
      ],
    ],
  });
}

async function checkStranger(run: Run, { doctor, stranger }: Stage): Promise<void> {
  const exchange = await doctor.get(stranger.path);
  const page = exchange.page();
  if (page.field('name') !== stranger.name) return;
  holds(run, exchange, {
    file: FILE,
    facts: [
      ['the facility of somebody without one', page.field('facility'), 'Not known'],
      ['the doctor of somebody without one', page.field('doctor'), 'Not known'],
      ['the author of a note that names none', page.facts('note')[0]?.fields['author'], 'Unknown'],
    ],
  });
}

const FILE = 'app/src/views/patients.ts';
