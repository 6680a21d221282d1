import { dirname } from 'node:path';
import { WorkshopError } from '../model/workshop-error.ts';

/**
 * What the operating system refused, in words. `attempted` completes "… was to be …": `the backup was to be written`.
 * A `WorkshopError` passes through as it is.
 */
export function diskError(code: string, attempted: string, path: string, cause: unknown): WorkshopError {
  if (cause instanceof WorkshopError) return cause;
  const errno = errnoOf(cause);
  const reason = REASONS[errno ?? ''] ?? (cause instanceof Error ? cause.message : String(cause));
  const remedy = (REMEDIES[errno ?? ''] ?? OTHER_REMEDY).replaceAll('PATH', dirname(path));
  return new WorkshopError(code, `${attempted} (${path}), and could not be: ${reason}.`, { remedy, cause });
}

/** `ENOENT` and its kind; `undefined` when the operating system did not say. */
export function errnoOf(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'your quota of the disk is used up',
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'that disk can only be read',
  ENOTDIR: 'a part of that path is a file and not a folder',
  EISDIR: 'a folder stands in its place',
  EMFILE: 'too many files are open',
};

const FREE_SPACE = 'Free some space on the disk, then run the command again.';
const MAY_WRITE =
  'Make PATH a folder that you may write to (`ls -ld PATH` shows whose it is), then run the command again.';
const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: FREE_SPACE,
  EDQUOT: FREE_SPACE,
  EACCES: MAY_WRITE,
  EPERM: MAY_WRITE,
  EROFS: MAY_WRITE,
};
const OTHER_REMEDY = 'Look at PATH, then run the command again.';
