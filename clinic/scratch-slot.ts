import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { endStragglers } from './stragglers.ts';

/**
 * A folder of its own below `home`, under a name that comes again: tsx keeps what it compiled by path, so that a
 * clinic that starts again compiles only what was saved (60 ms; 240 ms under a new name each time).
 */
export async function takeSlot(home: string): Promise<string> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  for (let number = 1; ; number += 1) {
    const folder = join(home, String(number));
    try {
      await mkdir(folder, { mode: 0o700 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw error;
    }
    await writeFile(join(folder, OWNER), JSON.stringify({ host: os.hostname(), pid: process.pid }));
    return folder;
  }
}

/**
 * Removes the folders of processes that were killed, and ends what their clinics left running; resolves to how many
 * folders. One process at a time does so, and nobody else takes a slot that exists: one seen without a living owner
 * stays so.
 */
export async function sweepSlots(home: string): Promise<number> {
  const claim = join(home, SWEEPING);
  if (!(await claimSweep(claim))) return 0;
  try {
    const names = (await readdir(home)).filter((name) => name !== SWEEPING);
    const abandoned: string[] = [];
    for (const name of names) if (await isAbandoned(join(home, name))) abandoned.push(join(home, name));
    await Promise.all(abandoned.map(clear));
    return abandoned.length;
  } finally {
    await rm(claim, { recursive: true, force: true });
  }
}

/** No folder of that name means that there is nothing to sweep; one who was killed while sweeping is not waited for. */
async function claimSweep(claim: string): Promise<boolean> {
  try {
    await mkdir(claim);
    return true;
  } catch {
    const { mtimeMs } = await stat(claim).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > UNSIGNED_MS) await rm(claim, { recursive: true, force: true });
    return false;
  }
}

async function clear(folder: string): Promise<void> {
  endStragglers(folder);
  await rename(folder, `${folder}.gone`).catch(() => {});
  await rm(`${folder}.gone`, { recursive: true, force: true, maxRetries: 3 });
}

async function isAbandoned(folder: string): Promise<boolean> {
  const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Date.now() }));
  const age = Date.now() - mtimeMs;
  const owner = ownerSchema.safeParse(parsed(await readFile(join(folder, OWNER), 'utf8').catch(() => '')));
  // It was made a moment ago, and its owner is about to sign.
  if (!owner.success) return age > UNSIGNED_MS;
  // Another container's process numbers mean nothing here.
  if (owner.data.host !== os.hostname()) return age > FOREIGN_MS;
  try {
    process.kill(owner.data.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const ownerSchema = z.object({ host: z.string(), pid: z.number().int().positive() });
const OWNER = 'owner';
const SWEEPING = 'sweeping';
const UNSIGNED_MS = 60_000;
const FOREIGN_MS = 24 * 60 * 60_000;
