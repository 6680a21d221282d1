import { watch } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterWaking } from '../../clinic/waking-time.ts';
import { watchFolder } from '../../runner/watch.ts';
import { broken, type Diagnosis, type Examination, ok, warning } from './diagnosis.ts';

/** Saves a file beside the learner's and waits to be told, by the same watch that `npm start` uses. */
export const examineWatching: Examination = {
  id: 'watching',
  title: 'File watching',
  async examine({ root, platform }, signal) {
    const home = join(root, '.workshop');
    await mkdir(home, { recursive: true, mode: 0o700 });
    const folder = await mkdtemp(join(home, 'watching-'));
    try {
      const refused = watchRefusal(folder);
      if (refused !== null) return refusal(refused, platform);
      const took = await timeToHear(folder, signal);
      if (took === null) return broken('a file was saved, and nothing was heard of it', MOVE);
      const limits = platform === 'linux' ? await fewWatches() : null;
      return limits ?? ok(`a save is heard after ${Math.round(took)} ms`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** Milliseconds from the save to the event; `null` when none comes. */
async function timeToHear(folder: string, signal: AbortSignal): Promise<number | null> {
  let hear: (time: number | null) => void = () => undefined;
  const heard = new Promise<number | null>((resolve) => (hear = resolve));
  const watching = await watchFolder(folder, () => hear(performance.now()));
  const callOff = afterWaking(PATIENCE_MS, () => hear(null));
  signal.addEventListener('abort', () => hear(null), { once: true });
  try {
    const saved = performance.now();
    await writeFile(join(folder, 'saved.txt'), 'saved');
    const at = await heard;
    return at === null ? null : at - saved;
  } finally {
    callOff();
    watching.close();
  }
}

/** `watchFolder` goes on without a folder that it may not watch; here its reason is wanted. */
function watchRefusal(folder: string): string | null {
  try {
    watch(folder).close();
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

/** Linux shares the watches of a user among all programs; an editor on a large project takes most of them. */
async function fewWatches(): Promise<Diagnosis | null> {
  const text = await readFile(`${INOTIFY}/max_user_watches`, 'utf8').catch(() => '');
  const watches = Number(text.trim());
  if (text === '' || watches >= ENOUGH) return null;
  return warning(`works, but this user may watch ${watches} folders only, editors included`, RAISE_WATCHES);
}

function refusal(code: string, platform: NodeJS.Platform): Diagnosis {
  if (platform !== 'linux') return broken(`refused by the system (${code})`, MOVE);
  if (code === 'EMFILE')
    return broken('this user watches in too many programs already (EMFILE)', RAISE_INSTANCES);
  if (code === 'ENOSPC') return broken('this user watches too many folders already (ENOSPC)', RAISE_WATCHES);
  return broken(`refused by the system (${code})`, MOVE);
}

const PATIENCE_MS = 3_000;
const ENOUGH = 8_192;
const INOTIFY = '/proc/sys/fs/inotify';
const RAISE_WATCHES = 'sudo sysctl fs.inotify.max_user_watches=524288';
const RAISE_INSTANCES = 'sudo sysctl fs.inotify.max_user_instances=512';
const MOVE =
  'Move the folder of the workshop to a disk of this computer (no network, no synchronised folder).';
