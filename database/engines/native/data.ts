import { execFile } from 'node:child_process';
import { chown, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { WorkshopError } from '../../../model/workshop-error.ts';
import type { Binaries } from './binaries.ts';
import type { Room } from './room.ts';
import { ADMINISTRATOR, newPassword, PASSWORD_FILE } from './settings.ts';

export type DataState = 'missing' | 'usable' | 'other-version';

export async function dataState(room: Room, binaries: Binaries): Promise<DataState> {
  const version = await readFile(path.join(room.data, 'PG_VERSION'), 'utf8').catch(() => null);
  if (version === null) return 'missing';
  return version.trim() === binaries.version.split('.')[0] ? 'usable' : 'other-version';
}

/** Replaces the data folder by a fresh one. It is made beside and moved into place, so there is never a half of one. */
export async function makeData(room: Room, binaries: Binaries): Promise<void> {
  const making = path.join(room.folder, 'making');
  const passwordFile = path.join(room.folder, 'new-password');
  await removeFolder(making);
  await writeFile(passwordFile, newPassword(), { mode: 0o600 });
  if (room.account !== null) await chown(passwordFile, room.account.uid, room.account.gid);
  await initialise(room, binaries, making, passwordFile);
  await rename(passwordFile, path.join(making, PASSWORD_FILE));
  await discardData(room);
  await rename(making, room.data);
}

/** A server that still has the folder open notices within a minute that it is gone, and ends. */
async function discardData(room: Room): Promise<void> {
  const discarded = path.join(room.folder, `discarded-${process.pid}`);
  await rename(room.data, discarded).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await removeFolder(discarded);
}

async function initialise(room: Room, binaries: Binaries, data: string, passwordFile: string): Promise<void> {
  const refusals: string[] = [];
  for (const characters of CHARACTER_LOCALES) {
    const given = ['-D', data, '-U', ADMINISTRATOR, `--pwfile=${passwordFile}`, `--lc-ctype=${characters}`];
    try {
      await promisify(execFile)(binaries.program('initdb'), [...given, ...ALWAYS], {
        ...room.account,
        cwd: room.folder,
        env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      });
      return;
    } catch (error) {
      refusals.push(error instanceof Error ? error.message.trim() : String(error));
      await removeFolder(data);
    }
  }
  throw new WorkshopError('DATABASE_NOT_PREPARED', `initdb could not prepare ${data}: ${refusals.at(-1)}`, {
    remedy: `Free some space for ${room.folder}, or set DATABASE_URL to a PostgreSQL of your own, then start again.`,
  });
}

const removeFolder = (folder: string) =>
  rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });

// The built-in locale sorts and folds case the same everywhere. Full text and trigrams still ask the system's, and
// not every system has one for UTF-8 under the same name.
const CHARACTER_LOCALES = process.platform === 'win32' ? ['C'] : ['C.UTF-8', 'en_US.UTF-8', 'C'];
const ALWAYS = [
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--auth=scram-sha-256',
  '--no-sync',
  '--no-instructions',
];
