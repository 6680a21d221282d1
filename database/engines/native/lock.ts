import { randomUUID } from 'node:crypto';
import { link, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { WorkshopError } from '../../../model/workshop-error.ts';
import { identifyProcess, processIdentitySchema, processState } from '../../process-identity.ts';

/**
 * Runs `work` while no other process does so under the same file.
 *
 * The lock is a file that appears complete, by a link, and names its holder. One whose holder is dead is taken away by
 * whoever makes the file beside it first: two that both saw the dead holder must not both take away what they find,
 * because by then it may be the lock of a living one.
 */
export async function withLock<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  const release = await acquire(file);
  try {
    return await work();
  } finally {
    await release();
  }
}

async function acquire(file: string): Promise<() => Promise<void>> {
  const mine = `${file}.${randomUUID()}`;
  await writeFile(mine, JSON.stringify(await identifyProcess()));
  const until = performance.now() + PATIENCE;
  try {
    while (!(await succeeded(link(mine, file), 'EEXIST'))) {
      if (await isAbandoned(file)) await takeAway(file);
      else if (performance.now() > until) throw busy(file);
      else await sleep(RETRY);
    }
  } finally {
    await rm(mine, { force: true });
  }
  return () => rm(file, { force: true });
}

async function takeAway(file: string): Promise<void> {
  const claim = `${file}.claim`;
  if (!(await succeeded(writeFile(claim, '', { flag: 'wx' }), 'EEXIST'))) {
    const made = await stat(claim).catch(() => null);
    if (made !== null && Date.now() - made.mtimeMs > PATIENCE) await rm(claim, { force: true });
    await sleep(RETRY);
    return;
  }
  try {
    if (await isAbandoned(file)) await rm(file, { force: true });
  } finally {
    await rm(claim, { force: true });
  }
}

/** Nobody writes into a lock after it appears, so one that can't be read is not being written: its disk was full. */
async function isAbandoned(file: string): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return false;
  const holder = processIdentitySchema.safeParse(parseJson(text));
  return !holder.success || (await processState(holder.data)) !== 'alive';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function succeeded(attempt: Promise<unknown>, refusal: string): Promise<boolean> {
  try {
    await attempt;
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    // Windows says so of a file that was just removed and that somebody still reads.
    const isGoing = process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(code);
    if (code === refusal || isGoing) return false;
    throw error;
  }
}

/** Milliseconds. A first start takes 1,000 to 5,000 on slow disks. */
const PATIENCE = 60_000;
const RETRY = 20;

const busy = (file: string) =>
  new WorkshopError(
    'ENGINE_BUSY',
    `Another process has been starting or stopping PostgreSQL for ${PATIENCE / 1000} s; it holds ${file}.`,
    { remedy: `End that process, or remove ${file}, and start again.` },
  );
