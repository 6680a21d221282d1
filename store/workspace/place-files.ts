import { randomUUID } from 'node:crypto';
import { chmod, copyFile, lstat, mkdir, readdir, rm, rmdir, unlink } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { WorkshopError } from '../../model/workshop-error.ts';
import { writeThrough } from '../atomic-file.ts';
import { errnoOf } from '../disk-error.ts';
import { renamePatiently } from '../patiently.ts';
import { isPassedBy, isPlainPath, LEFTOVER } from './file-tree.ts';

export interface NewFile {
  readonly bytes: Buffer;
  /** Permission bits; without them those of the file that is replaced, or the system's own for a new one. */
  readonly mode?: number;
}

export type FileChanges = ReadonlyMap<string, NewFile | null>;

/** Refuses, before anything is changed, what would be written outside app/ or could not be written. Throws `WRITE_REFUSED`. */
export async function checkPlaces(root: string, changes: FileChanges): Promise<void> {
  for (const [path, change] of changes) {
    const fault = faultOfName(path) ?? (await faultOfPlace(root, path, change, changes));
    if (fault !== null) throw refused(path, fault);
  }
}

/**
 * Puts files in their places, each as a whole. All new bytes are on the disk before the first file is replaced, so a
 * full disk changes nothing; then `beforePlacing` is called. What a killed one left behind is cleared by the next.
 */
export async function placeFiles(
  root: string,
  changes: FileChanges,
  beforePlacing: () => Promise<void>,
): Promise<void> {
  const staging = join(root, '.workshop', 'staging');
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true });
  try {
    const staged = await stage(staging, changes);
    await beforePlacing();
    for (const [path, change] of changes) if (change === null) await remove(root, path);
    for (const { path, from, mode } of staged) await place(from, join(root, path), mode);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

function faultOfName(path: string): string | null {
  if (!isPlainPath(path)) return 'that is not the plain path of a file in app/';
  return isPassedBy(path) ? 'what stands there is never read or written' : null;
}

async function faultOfPlace(
  root: string,
  path: string,
  change: NewFile | null,
  changes: FileChanges,
): Promise<string | null> {
  const parts = path.split('/');
  for (let i = 2; i <= parts.length; i++) {
    const part = parts.slice(0, i).join('/');
    const stat = await lstat(join(root, part)).catch((cause: unknown) => {
      if (['ENOENT', 'ENOTDIR'].includes(errnoOf(cause) ?? '')) return null;
      throw cause;
    });
    if (stat === null) return null;
    if (stat.isSymbolicLink()) return `${part} is a link`;
    if (i < parts.length && !stat.isDirectory() && changes.get(part) !== null)
      return `${part} is a file and not a folder`;
    const isFolder = i === parts.length && stat.isDirectory() && change !== null;
    if (isFolder && !(await isEmptied(root, part, changes))) return 'a folder of that name stands there';
  }
  return null;
}

async function isEmptied(root: string, folder: string, changes: FileChanges): Promise<boolean> {
  const names = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  const files = names
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
  return files.every((file) => changes.get(file.split(sep).join('/')) === null);
}

async function stage(staging: string, changes: FileChanges) {
  const staged: { readonly path: string; readonly from: string; readonly mode: number | undefined }[] = [];
  for (const [path, change] of changes) {
    if (change === null) continue;
    const from = join(staging, String(staged.length));
    await writeThrough(from, change.bytes);
    staged.push({ path, from, mode: change.mode });
  }
  return staged;
}

/** With the folders that it leaves empty, up to app/ itself. */
async function remove(root: string, path: string): Promise<void> {
  await unlink(join(root, path)).catch((cause: unknown) => {
    if (!['ENOENT', 'ENOTDIR'].includes(errnoOf(cause) ?? '')) throw cause;
  });
  for (let folder = dirname(path); folder !== 'app'; folder = dirname(folder)) {
    const removed = await rmdir(join(root, folder)).then(
      () => true,
      () => false,
    );
    if (!removed) return;
  }
}

async function place(from: string, target: string, mode: number | undefined): Promise<void> {
  const before = await lstat(target).catch(() => null);
  const permissions = mode ?? (before === null ? undefined : before.mode & 0o777);
  if (permissions !== undefined) await chmod(from, permissions);
  await mkdir(dirname(target), { recursive: true });
  try {
    await renamePatiently(from, target);
  } catch (cause) {
    if (errnoOf(cause) !== 'EXDEV') throw cause;
    // app/ is mounted from another disk: the last step has to be made on that one.
    const beside = `${target}.${randomUUID().slice(0, 8)}${LEFTOVER}`;
    await copyFile(from, beside);
    await renamePatiently(beside, target);
  }
}

function refused(path: string, fault: string): WorkshopError {
  return new WorkshopError(
    'WRITE_REFUSED',
    `${path} was to be written, and was not: ${fault}. Nothing was changed.`,
    {
      remedy:
        'Only plain files in app/ are ever written. If a link or a folder of yours is in the way, move it, then run the command again.',
    },
  );
}
