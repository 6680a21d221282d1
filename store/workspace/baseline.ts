import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { WorkshopError } from '../../model/workshop-error.ts';
import { writeAtomically } from '../atomic-file.ts';
import { loadJsonFile } from '../json-file.ts';
import { readGitBlobs } from './git-blobs.ts';
import { type FileTree, isPlainPath } from './file-tree.ts';

/** What `steps/baseline.json` holds: app/ as shipped, as git's blob ids by path. */
export interface BaselineManifest {
  readonly files: Readonly<Record<string, string>>;
}

export function computeBaseline(tree: FileTree): BaselineManifest {
  const paths = [...tree.keys()].sort();
  return {
    files: Object.fromEntries(paths.map((path) => [path, blobId(tree.get(path) ?? Buffer.alloc(0))])),
  };
}

/** Git's name for these bytes as a file: sha1, so that git itself can be asked for it. */
export function blobId(bytes: Buffer): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** Throws `BASELINE_INVALID` naming the field. */
export function loadManifest(root: string): Promise<BaselineManifest> {
  const file = join(root, 'steps', 'baseline.json');
  return loadJsonFile({ file, root, schema: manifestSchema, code: 'BASELINE_INVALID', remedy: REPAIR });
}

/** Paths of `tree` that are not as shipped: changed, added or removed. Sorted. */
export function changedPaths(manifest: BaselineManifest, tree: FileTree): string[] {
  const now = computeBaseline(tree).files;
  const paths = new Set([...Object.keys(manifest.files), ...Object.keys(now)]);
  return [...paths].filter((path) => manifest.files[path] !== now[path]).sort();
}

/**
 * Copies what is still as shipped to the baseline folder, so that it is there when the learner has changed it and
 * there is no git to ask.
 */
export async function keepBaseline(root: string, manifest: BaselineManifest, tree: FileTree): Promise<void> {
  for (const [path, id] of Object.entries(manifest.files)) {
    const bytes = tree.get(path);
    if (bytes === undefined || blobId(bytes) !== id || (await keptCopy(root, path, id)) !== null) continue;
    await mkdir(dirname(copyOf(root, path)), { recursive: true });
    await writeAtomically(copyOf(root, path), bytes);
  }
}

/**
 * Every file as shipped, each held against its id: from the copy, else from app/ itself, else from git.
 * Throws `BASELINE_LOST` naming what is nowhere.
 */
export async function recoverBaseline(
  root: string,
  manifest: BaselineManifest,
  tree: FileTree,
): Promise<FileTree> {
  const entries = Object.entries(manifest.files);
  const near = await Promise.all(
    entries.map(async ([path, id]) => (await keptCopy(root, path, id)) ?? matching(tree.get(path), id)),
  );
  const missing = entries.filter((_, i) => near[i] === null);
  const blobs =
    missing.length === 0
      ? new Map<string, Buffer>()
      : await readGitBlobs(
          root,
          missing.map(([, id]) => id),
        );
  const lost = missing.filter(([, id]) => matching(blobs.get(id), id) === null).map(([path]) => path);
  if (lost.length > 0) throw lostError(lost);
  const files = entries.flatMap(([path, id], i) => {
    const bytes = near[i] ?? blobs.get(id);
    return bytes === undefined ? [] : [[path, bytes] as const];
  });
  return new Map(files);
}

function matching(bytes: Buffer | undefined, id: string): Buffer | null {
  return bytes !== undefined && blobId(bytes) === id ? bytes : null;
}

async function keptCopy(root: string, path: string, id: string): Promise<Buffer | null> {
  return matching(await readFile(copyOf(root, path)).catch(() => undefined), id);
}

function copyOf(root: string, path: string): string {
  return join(root, '.workshop', 'baseline', path);
}

function lostError(lost: readonly string[]): WorkshopError {
  const list = lost.map((path) => `  ${path}`).join('\n');
  return new WorkshopError('BASELINE_LOST', `${LOST}\n${list}`, {
    remedy: `Get the workshop anew into another folder, and copy from it ${lost.map((path) => `${path} to .workshop/baseline/${path}`).join(', ')}.`,
  });
}

const manifestSchema = z.strictObject({
  files: z.record(
    z.string().refine(isPlainPath, 'the plain path of a file in app/'),
    z.string().regex(/^[0-9a-f]{40}$/),
  ),
});
const REPAIR =
  'Bring the file back with `git checkout -- steps/baseline.json`; an author makes it with `npm run author baseline`.';
const LOST =
  'These files were wanted as they were shipped; they are changed in app/, not among the copies in .workshop/baseline/, and git has no version of them here:';
