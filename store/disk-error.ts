import { WorkshopError } from '../model/workshop-error.ts';

/**
 * Runs `work`, and says in words what the operating system refused: `attempted` is a clause as `A backup was to be kept`.
 * Whatever else is thrown passes through.
 */
export async function sayingDiskErrors<T>(told: DiskWork, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw cause instanceof WorkshopError || errnoOf(cause) === undefined ? cause : diskError(told, cause);
  }
}

export interface DiskWork {
  readonly code: string;
  readonly attempted: string;
  readonly path: string;
  /** Whose room or permissions are in question. */
  readonly folder: string;
  /** A sentence about what is so now. */
  readonly state?: string;
}

function diskError({ code, attempted, path, folder, state }: DiskWork, cause: unknown): WorkshopError {
  const errno = errnoOf(cause);
  const reason = REASONS[errno ?? ''] ?? (cause instanceof Error ? cause.message : String(cause));
  const remedy = (REMEDIES[errno ?? ''] ?? OTHER_REMEDY).replaceAll('PATH', folder);
  return new WorkshopError(
    code,
    `${attempted} (${path}), and could not be: ${reason}.${state === undefined ? '' : ` ${state}`}`,
    { remedy, cause },
  );
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
