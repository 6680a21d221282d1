import { createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir, realpath } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { WorkshopError } from '../../../model/workshop-error.ts';
import type { Account } from './account.ts';
import { canReach } from './reach.ts';

/** The folders that one native server lives in, each private to the account it runs as. */
export interface Room {
  readonly folder: string;
  readonly data: string;
  readonly log: string;
  /** Of the unix socket: short, because a socket's path may be 107 bytes long at most (103 on macOS). */
  readonly sockets: string;
  readonly account: Account | null;
}

/** Makes what is missing. The same `home` gives the same room in every process. */
export async function openRoom(home: string, account: Account | null): Promise<Room> {
  await mkdir(home, { recursive: true });
  const place = await realpath(home);
  const folder = (await canReach(place, account)) ? path.join(place, 'native') : temporary(place);
  await makePrivate(folder, account);
  const sockets = isShortAndPlain(folder) ? folder : temporary(folder);
  if (process.platform !== 'win32') await makePrivate(sockets, account);
  return { folder, data: path.join(folder, 'data'), log: path.join(folder, 'server.log'), sockets, account };
}

function temporary(of: string): string {
  const name = `second-opinion-${createHash('sha256').update(of).digest('hex').slice(0, 12)}`;
  const folder = path.join(os.tmpdir(), name);
  return isShortAndPlain(folder) || process.platform === 'win32' ? folder : path.join('/tmp', name);
}

// PostgreSQL reads its socket folders as a list, in which commas, quotes and outer spaces have a meaning.
function isShortAndPlain(folder: string): boolean {
  return folder.length <= LONGEST_SOCKET_FOLDER && /^[\w/.-]+$/.test(folder);
}

/** In a shared place for temporary files a stranger may have made the folder first: then it is not used. */
async function makePrivate(folder: string, account: Account | null): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
    if (account !== null) await chown(folder, account.uid, account.gid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const found = await lstat(folder);
  const owner = account?.uid ?? process.getuid?.();
  if (
    found.isDirectory() &&
    (owner === undefined || found.uid === owner || found.uid === process.getuid?.())
  ) {
    if (account !== null && found.uid !== owner) await chown(folder, account.uid, account.gid);
    await chmod(folder, 0o700);
    return;
  }
  throw new WorkshopError('ENGINE_FOLDER_TAKEN', takenBy(folder, found.uid, owner), {
    remedy: `Remove ${folder} or ask its owner to, then start again.`,
  });
}

/** `/.s.PGSQL.5432.lock` is 19 bytes; this leaves room on macOS too. */
const LONGEST_SOCKET_FOLDER = 80;

const takenBy = (folder: string, found: number, expected: number | undefined) =>
  `The folder ${folder} was to be used by PostgreSQL, as user ${expected}, but it exists and belongs to user ${found}.`;
