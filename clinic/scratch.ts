import { cp, lstat, mkdir, readdir, rm, symlink } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { isUnreadable, unreadableFile } from '../model/unreadable-file.ts';
import { WorkshopError } from '../model/workshop-error.ts';
import { takeSlot } from './scratch-slot.ts';

export interface Scratch {
  /** Absolute path of the copy's `app` folder. */
  readonly directory: string;
  remove(): Promise<void>;
}

/**
 * A copy of an `app` folder below `home`, where the learner's code runs: without `node_modules`, `dist` and links,
 * so that it finds the workshop's own packages first. Packages that only the learner installed are linked in.
 */
export async function createScratch(app: string, home: string, root: string): Promise<Scratch> {
  let folder = home;
  try {
    folder = await takeSlot(home);
    const directory = join(folder, 'app');
    await cp(app, directory, { recursive: true, filter: async (source) => isCopied(app, source) });
    await linkOwnPackages(app, folder, root);
    return { directory, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }) };
  } catch (cause) {
    if (folder !== home) await rm(folder, { recursive: true, force: true });
    const refused = refusedFile(app, cause);
    if (refused !== null) throw unreadableFile(refused, cause);
    throw new WorkshopError(
      'SCRATCH_FAILED',
      `The clinic's files could not be copied from ${app} to ${folder}: ${String(cause)}`,
      {
        remedy: 'Make room on the disk and make sure that the workshop may write to its folder .workshop.',
        cause,
      },
    );
  }
}

async function isCopied(app: string, source: string): Promise<boolean> {
  if (source !== app && LEFT_OUT.has(basename(source)) && !source.slice(app.length + 1).includes(sep))
    return false;
  return !(await lstat(source)).isSymbolicLink();
}

/** The learner's file that could not be read, by the name that they know. */
function refusedFile(app: string, cause: unknown): string | null {
  if (!isUnreadable(cause) || !(cause instanceof Error && 'path' in cause)) return null;
  const inside = relative(app, String(cause.path));
  return inside.startsWith('..') ? null : `app/${inside.split(sep).join('/')}`;
}

/** A learner may add a query builder to `app/`; what the workshop itself has stays the workshop's version. */
async function linkOwnPackages(app: string, folder: string, root: string): Promise<void> {
  const installed = join(app, 'node_modules');
  for (const name of await packageNames(installed)) {
    if (await exists(join(root, 'node_modules', name))) continue;
    const link = join(folder, 'node_modules', name);
    await mkdir(join(link, '..'), { recursive: true });
    await symlink(join(installed, name), link, 'junction');
  }
}

async function packageNames(modules: string): Promise<string[]> {
  const names: string[] = [];
  for (const entry of await readdir(modules).catch(() => [])) {
    if (entry.startsWith('.')) continue;
    if (!entry.startsWith('@')) names.push(entry);
    else
      for (const inner of await readdir(join(modules, entry)).catch(() => []))
        names.push(`${entry}/${inner}`);
  }
  return names;
}

const exists = async (path: string) =>
  lstat(path).then(
    () => true,
    () => false,
  );

const LEFT_OUT = new Set(['node_modules', 'dist', '.git', '.workshop']);
