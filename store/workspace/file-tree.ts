import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { isUnreadable, unreadableFile } from '../../model/unreadable-file.ts';
import { errnoOf } from '../disk-error.ts';

/** Files by path relative to the workshop's root, `/` on every system: `app/src/server.ts`. */
export type FileTree = ReadonlyMap<string, Buffer>;

/** What stands in app/ and is not read: a link that leads out of it or to a folder, a socket, a pipe. */
export interface LeftOut {
  readonly path: string;
  readonly reason: string;
}

export interface Survey {
  /** Sorted by path. `mode` holds the permission bits. */
  readonly files: ReadonlyMap<string, { readonly bytes: Buffer; readonly mode: number }>;
  readonly leftOut: readonly LeftOut[];
}

/**
 * Reads `root`/app as the learner wrote it: bytes as they are, without installed, built and git's own files.
 * Throws `FILE_UNREADABLE`: what can't be read can't be kept, and so nothing may be written over it.
 */
export async function surveyApp(root: string): Promise<Survey> {
  const app = await realpath(join(root, 'app')).catch((cause: unknown) => {
    if (errnoOf(cause) === 'ENOENT') return null;
    throw cause;
  });
  if (app === null) return { files: new Map(), leftOut: [] };
  const found: Found[] = [];
  await surveyFolder({ app, folder: app, shown: 'app' }, found);
  found.sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    files: new Map(
      found.flatMap(({ path, bytes, mode }) => (bytes === undefined ? [] : [[path, { bytes, mode }]])),
    ),
    leftOut: found.flatMap(({ path, reason }) => (reason === undefined ? [] : [{ path, reason }])),
  };
}

export function treeOf(survey: Survey): FileTree {
  return new Map([...survey.files].map(([path, { bytes }]) => [path, bytes]));
}

/** Whether files of that name are never read or written: `app/node_modules/x`, `app/dist/x`, `app/.git/x`, our own leftovers. */
export function isPassedBy(path: string): boolean {
  const parts = path.split('/');
  return parts[1] === 'dist' || parts.some((part) => NEVER_READ.includes(part)) || path.endsWith(LEFTOVER);
}

/** Whether it names a file in app/ and nothing else: no `..`, no empty part, nothing that another system reads otherwise. */
export function isPlainPath(path: string): boolean {
  const [first, ...parts] = path.split('/');
  if (first !== 'app' || parts.length === 0 || /[\\\0]/.test(path)) return false;
  return parts.every((part) => part !== '' && part !== '.' && part !== '..');
}

type Found = { readonly path: string; readonly mode: number } & (
  { readonly bytes: Buffer; readonly reason?: never } | { readonly bytes?: never; readonly reason: string }
);

interface Place {
  readonly app: string;
  readonly folder: string;
  readonly shown: string;
}

async function surveyFolder(place: Place, found: Found[]): Promise<void> {
  const entries = await readdir(place.folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw isUnreadable(cause) ? unreadableFile(place.shown, cause) : cause;
  });
  for (const entry of entries) {
    const shown = `${place.shown}/${entry.name}`;
    const path = join(place.folder, entry.name);
    if (isPassedBy(shown)) continue;
    if (entry.isDirectory()) await surveyFolder({ ...place, folder: path, shown }, found);
    else found.push(...(await surveyFile(place.app, path, shown)));
  }
}

/** None when it vanished meanwhile: editors save by way of files that come and go. */
async function surveyFile(app: string, path: string, shown: string): Promise<Found[]> {
  try {
    const target = await realpath(path);
    const stat = await lstat(target);
    const mode = stat.mode & 0o777;
    const away = relative(app, target);
    if (away === '..' || away.startsWith(`..${sep}`) || isAbsolute(away)) {
      return [{ path: shown, mode, reason: 'a link that leads out of app/' }];
    }
    if (stat.isDirectory()) return [{ path: shown, mode, reason: 'a link to a folder' }];
    if (!stat.isFile()) return [{ path: shown, mode, reason: 'not a file' }];
    return [{ path: shown, mode, bytes: await readFile(target) }];
  } catch (cause) {
    if (errnoOf(cause) === 'ELOOP') return [{ path: shown, mode: 0, reason: 'a link in a circle' }];
    if (errnoOf(cause) === 'ENOENT') return [];
    throw isUnreadable(cause) ? unreadableFile(shown, cause) : cause;
  }
}

/** What a write beside its target is called for the moment; one killed there leaves it behind. */
export const LEFTOVER = '.second-opinion-tmp';
const NEVER_READ = ['node_modules', '.git'];
