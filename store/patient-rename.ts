import { rename } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { errnoOf } from './disk-error.ts';

/**
 * Renames, and on Windows tries again for a while: there a file that an editor, an indexer or a virus scanner has open for
 * the moment can be neither replaced nor moved. Throws what `rename` throws.
 */
export async function renamePatiently(
  from: string,
  to: string,
  { platform = process.platform, attempt = rename }: RenameParts = {},
): Promise<void> {
  for (const wait of platform === 'win32' ? WAITS_MS : []) {
    try {
      return await attempt(from, to);
    } catch (cause) {
      if (!HELD.includes(errnoOf(cause) ?? '')) throw cause;
      await pause(wait);
    }
  }
  return attempt(from, to);
}

export interface RenameParts {
  readonly platform?: NodeJS.Platform;
  readonly attempt?: (from: string, to: string) => Promise<void>;
}

const HELD = ['EPERM', 'EACCES', 'EBUSY'];
/** Milliseconds between tries; scanners let go within a second. */
const WAITS_MS = [5, 10, 20, 50, 100, 200, 400, 800];
