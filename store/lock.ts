import { createHash, randomUUID } from 'node:crypto';
import { lstat, readFile, readlink, symlink, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { WorkshopError } from '../model/workshop-error.ts';
import { errnoOf } from './disk-error.ts';
import { patiently } from './patiently.ts';
import { isAlive, startOf } from './process-identity.ts';

export interface Lock {
  /** Runs `work` while no other process and no other caller holds the lock. Throws `LOCKED` when its turn never comes. */
  hold<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * A lock over processes: a symbolic link whose target names its holder. Making a link is one indivisible step that
 * fails when the name is taken, so a holder killed at any moment leaves either nothing or a lock that names a dead
 * process, which the next one breaks at once. Where links are not allowed (Windows) it is a file of the same text.
 */
export async function createLock(path: string, options: { readonly patienceMs: number }): Promise<Lock> {
  const start = await startOf(process.pid);
  let turn: Promise<unknown> = Promise.resolve();

  const hold = async <T>(work: () => Promise<T>): Promise<T> => {
    const holder = JSON.stringify({ pid: process.pid, start, host: hostname(), token: randomUUID() });
    await take(path, holder, options.patienceMs);
    try {
      return await work();
    } finally {
      await patiently(() => unlink(path));
    }
  };
  return {
    hold: (work) => {
      const mine = turn.then(() => hold(work));
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
}

async function take(path: string, holder: string, patienceMs: number): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!(await claim(path, holder))) {
    const other = await holderOf(path);
    if (other === null) continue;
    if (await isDead(path, other)) await breakLock(path, other, holder);
    else if (performance.now() > deadline) throw locked(path, other);
    else await pause(1 + Math.random() * 4);
  }
}

/**
 * Only who holds the claim on this very dead lock may remove it, so nobody removes the lock of a process that came
 * in between. A claim is a lock as well, and is broken in the same way when its holder died.
 */
async function breakLock(path: string, dead: string, holder: string): Promise<void> {
  const claimed = `${path}.${createHash('sha256').update(dead).digest('hex').slice(0, 12)}`;
  if (!(await claim(claimed, holder))) {
    const other = await holderOf(claimed);
    if (other !== null && (await isDead(claimed, other))) await breakLock(claimed, other, holder);
    return;
  }
  if ((await holderOf(path)) === dead) await unlink(path);
  await unlink(claimed);
}

async function claim(path: string, holder: string): Promise<boolean> {
  try {
    await symlink(holder, path);
    return true;
  } catch (cause) {
    if (errnoOf(cause) === 'EEXIST') return false;
    if (!NO_LINKS.includes(errnoOf(cause) ?? '') || process.platform !== 'win32') throw cause;
    return claimByFile(path, holder);
  }
}

async function claimByFile(path: string, holder: string): Promise<boolean> {
  try {
    // A file that was just removed may stand there for a moment more, and then it is not said to exist.
    await patiently(() => writeFile(path, holder, { flag: 'wx' }));
    return true;
  } catch (cause) {
    if (errnoOf(cause) === 'EEXIST') return false;
    throw cause;
  }
}

async function holderOf(path: string): Promise<string | null> {
  try {
    return await readlink(path);
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT') return null;
    return readFile(path, 'utf8').catch(() => null);
  }
}

async function isDead(path: string, text: string): Promise<boolean> {
  const holder = parseHolder(text);
  if (holder !== null && holder.host === hostname()) return !(await isAlive(holder.pid, holder.start));
  // Another computer or container, or a file cut short: nobody to ask, so its age decides.
  const { mtimeMs } = await lstat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
  return Date.now() - mtimeMs > STRANGERS_PATIENCE_MS;
}

function parseHolder(text: string): { pid: number; start: string; host: string } | null {
  try {
    const { pid, start, host }: Record<string, unknown> = JSON.parse(text);
    return typeof pid === 'number' && typeof start === 'string' && typeof host === 'string'
      ? { pid, start, host }
      : null;
  } catch {
    return null;
  }
}

function locked(path: string, text: string): WorkshopError {
  const pid = parseHolder(text)?.pid;
  const who = pid === undefined ? 'another process' : `process ${pid}`;
  return new WorkshopError('LOCKED', `${path} is held by ${who}, and it does not let go.`, {
    remedy: `Wait until the other command has ended${pid === undefined ? '' : `, or end process ${pid}`}; then run yours again.`,
  });
}

const STRANGERS_PATIENCE_MS = 10_000;
const NO_LINKS = ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'];
