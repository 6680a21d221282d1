import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { WorkshopError } from '../../model/workshop-error.ts';
import { createLock } from '../../store/lock.ts';
import type { Releasers } from '../releasers.ts';

export interface Claim {
  /** Tells a second `npm start` where the first one answers. */
  announce(addresses: Addresses): Promise<void>;
}

/**
 * One daemon a folder. Held until the releasers close; a holder that was killed holds nothing.
 * Throws `ALREADY_STARTED` with the addresses of the one that runs.
 */
export async function claimFolder(root: string, releasers: Releasers): Promise<Claim> {
  const home = join(root, '.workshop');
  const file = join(home, 'started.json');
  await mkdir(home, { recursive: true, mode: 0o700 });
  const lock = await createLock(join(home, 'started.lock'), { patienceMs: 0 });

  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  let holding: Promise<void> = Promise.resolve();
  await new Promise<void>((taken, refused) => {
    holding = lock.hold(() => {
      taken();
      return ended;
    });
    holding.catch(refused);
  }).catch(async (error: unknown) => {
    throw error instanceof WorkshopError && error.code === 'LOCKED' ? await alreadyStarted(file) : error;
  });
  releasers.add(async () => {
    await rm(file, { force: true });
    end();
    await holding;
  });
  return { announce: (addresses) => writeFile(file, `${JSON.stringify(addresses)}\n`, { mode: 0o600 }) };
}

async function alreadyStarted(file: string): Promise<WorkshopError> {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  const read = addressesSchema.safeParse(parsed(text));
  const where = read.success ? `\n  Guide   ${read.data.guide}\n  Clinic  ${read.data.clinic}` : '';
  return new WorkshopError('ALREADY_STARTED', `The workshop runs already in this folder.${where}`, {
    remedy: 'Go on there, or end it with q (or Ctrl+C) in its terminal, then start again.',
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const addressesSchema = z.object({ guide: z.string(), clinic: z.string() });
type Addresses = z.infer<typeof addressesSchema>;
