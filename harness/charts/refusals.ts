import type { Run } from '../run.ts';
import { holds } from './differences.ts';
import { setStage } from './people.ts';

/** A note that is empty or too long is refused, stays in the form and is not stored; the longest one is taken. */
export async function checkRefusals(run: Run): Promise<void> {
  const { doctor, patient } = await run.once(setStage);
  const path = `${patient.path}/notes`;
  const count = async () => Number((await doctor.get(path)).page().field('note-count'));
  const before = await count();
  for (const form of [{ body: '' }, { body: '   \n ' }, {}]) {
    const refused = await doctor.post(path, form);
    holds(run, refused, {
      file: FILE,
      status: 400,
      error: 'note-required',
      facts: [['the message', refused.page().error(), 'A note needs some text']],
    });
  }
  const long = run.random.marker(LONGEST + 1);
  const refused = await doctor.post(path, { body: long });
  holds(run, refused, {
    file: FILE,
    status: 400,
    error: 'note-too-long',
    facts: [
      ['the message', refused.page().error(), `A note has at most ${LONGEST} characters`],
      ['what was typed', refused.page().text('textarea')[0]?.length, long.length],
    ],
  });
  const taken = await doctor.post(path, { body: long.slice(1) });
  holds(run, taken, { file: FILE, status: 303, facts: [] });
  const list = await doctor.get(path);
  holds(run, list, {
    file: FILE,
    facts: [['the number of notes', Number(list.page().field('note-count')), before + 1]],
  });
}

const LONGEST = 2_000;
const FILE = 'app/src/views/notes.ts';
