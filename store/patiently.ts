import { rename } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { errnoOf } from './disk-error.ts';

/** Renames, patiently. Throws what `rename` throws. */
export function renamePatiently(from: string, to: string, platform = process.platform): Promise<void> {
  return patiently(() => rename(from, to), platform);
}

/**
 * Does something with a file, and on Windows tries again for a while: there a file that an editor, an indexer or a virus
 * scanner has open for the moment can't be replaced, moved or made anew. Throws what `work` throws.
 */
export async function patiently<Result>(
  work: () => Promise<Result>,
  platform = process.platform,
): Promise<Result> {
  for (const wait of platform === 'win32' ? WAITS_MS : []) {
    try {
      return await work();
    } catch (cause) {
      if (!HELD.includes(errnoOf(cause) ?? '')) throw cause;
      await pause(wait);
    }
  }
  return work();
}

const HELD = ['EPERM', 'EACCES', 'EBUSY'];
/** Milliseconds between tries; scanners let go within a second. */
const WAITS_MS = [5, 10, 20, 50, 100, 200, 400, 800];
