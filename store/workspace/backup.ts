import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { WorkshopError } from '../../model/workshop-error.ts';
import { writeAtomically } from '../atomic-file.ts';
import { loadJsonFile } from '../json-file.ts';
import { nearest } from '../nearest.ts';
import { type BlobStore, createBlobStore } from './blob-store.ts';
import type { Survey } from './file-tree.ts';

/** A copy of every file of the learner at one moment. */
export interface Backup {
  /** Begins with the time, so names sort by age: `2026-03-01T09-30-00-000Z-reset-sql-injection`. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly reason: string;
  /** What the write that followed touched, and what `undo` brings back; `null` is everything. */
  readonly touches: readonly string[] | null;
  readonly undone: boolean;
}

/** A kept file: its bytes' sha256 and its permission bits. */
export type KeptFiles = Readonly<Record<string, { readonly blob: string; readonly mode: number }>>;

/** What a backup is taken for. */
export type About = Pick<Manifest, 'reason' | 'touches' | 'undoes'>;

export interface Backups {
  /** Kept whole before this answers: the blobs first, then the one file that names them. */
  take(survey: Survey, about: About): Promise<Backup>;
  /** Newest first. */
  list(): Promise<readonly Manifest[]>;
  /** Throws `BACKUP_DAMAGED` when a file of it is gone or no longer what it was. */
  bytesOf(manifest: Manifest, path: string): Promise<Buffer | null>;
  markUndone(manifest: Manifest): Promise<Backup>;
}

export function openBackups(root: string): Backups {
  const folder = join(root, '.workshop', 'backups');
  const blobs = createBlobStore(join(folder, 'blobs'));
  const save = async (manifest: Manifest): Promise<Backup> => {
    await mkdir(folder, { recursive: true });
    await writeAtomically(join(folder, `${manifest.id}.json`), `${JSON.stringify(manifest, null, 2)}\n`);
    return backupOf(manifest);
  };
  return {
    async take(survey, about) {
      const files = await keep(survey, blobs);
      const newest = (await idsIn(folder))[0];
      const at = timeAfter(newest);
      return save({ id: idOf(at, about.reason), at, undone: false, ...about, files });
    },
    list: async () => Promise.all((await idsIn(folder)).map((id) => loadManifest(root, folder, id))),
    async bytesOf(manifest, path) {
      const kept = Object.hasOwn(manifest.files, path) ? manifest.files[path] : undefined;
      if (kept === undefined) return null;
      const bytes = await blobs.get(kept.blob);
      if (bytes === null) throw damaged(manifest.id, path);
      return bytes;
    },
    markUndone: (manifest) => save({ ...manifest, undone: true }),
  };
}

export function backupOf({ id, at, reason, touches, undone }: Manifest): Backup {
  return { id, at, reason, touches, undone };
}

/**
 * The one asked for, else the newest that is not undone. The backup of an undo that was broken off is passed over,
 * so that the next undo finishes what that one began. Throws `BACKUP_UNKNOWN`, `NOTHING_TO_UNDO`.
 */
export function chooseBackup(manifests: readonly Manifest[], id: string | undefined): Manifest {
  if (id !== undefined) {
    const found = manifests.find((manifest) => manifest.id === id);
    if (found === undefined)
      throw unknown(
        id,
        manifests.map((manifest) => manifest.id),
      );
    return found;
  }
  const unfinished = (manifest: Manifest): boolean =>
    manifests.some((other) => other.id === manifest.undoes && !other.undone);
  const newest = manifests.find((manifest) => !manifest.undone && !unfinished(manifest));
  if (newest === undefined) throw new WorkshopError('NOTHING_TO_UNDO', NOTHING, { remedy: NOTHING_REMEDY });
  return newest;
}

async function keep(survey: Survey, blobs: BlobStore): Promise<KeptFiles> {
  const files: [string, { blob: string; mode: number }][] = [];
  for (const [path, { bytes, mode }] of survey.files)
    files.push([path, { blob: await blobs.put(bytes), mode }]);
  return Object.fromEntries(files);
}

async function idsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -'.json'.length)] : []))
    .sort()
    .reverse();
}

/** The clock may stand or go back; a later backup is still named later. */
function timeAfter(newest: string | undefined): string {
  const [, day, hours, minutes, seconds, ms] =
    /^([\d-]{10})T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z/.exec(newest ?? '') ?? [];
  const last = day === undefined ? 0 : Date.parse(`${day}T${hours}:${minutes}:${seconds}.${ms}Z`);
  return new Date(Math.max(Date.now(), last + 1)).toISOString();
}

function idOf(at: string, reason: string): string {
  const words = reason
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60);
  return `${at.replaceAll(/[:.]/g, '-')}${words === '' ? '' : `-${words}`}`;
}

async function loadManifest(root: string, folder: string, id: string): Promise<Manifest> {
  const file = join(folder, `${id}.json`);
  const remedy = `Move ${id}.json out of .workshop/backups/, then run the command again.`;
  return loadJsonFile({ file, root, schema: manifestSchema, code: 'BACKUP_DAMAGED', remedy });
}

function damaged(id: string, path: string): WorkshopError {
  return new WorkshopError(
    'BACKUP_DAMAGED',
    `${path} was to be brought back from the backup ${id}, and its copy there is gone or damaged.`,
    {
      remedy:
        'Nothing was changed. Bring another backup back by its name: `npm run undo -- NAME` (they are in .workshop/backups/).',
    },
  );
}

function unknown(id: string, ids: readonly string[]): WorkshopError {
  const guess = nearest(id, ids);
  return new WorkshopError(
    'BACKUP_UNKNOWN',
    `The backup "${id}" was asked for, and there is none.${guess === undefined ? '' : ` Did you mean "${guess}"?`}`,
    {
      remedy: 'Look into .workshop/backups/: each file there is named as its backup.',
    },
  );
}

const manifestSchema = z.object({
  id: z.string(),
  at: z.string(),
  reason: z.string(),
  touches: z.array(z.string()).nullable(),
  /** The backup that was brought back right after this one was taken. */
  undoes: z.string().nullable(),
  undone: z.boolean(),
  files: z.record(z.string(), z.object({ blob: z.string().regex(/^[0-9a-f]{64}$/), mode: z.number() })),
});
export type Manifest = z.infer<typeof manifestSchema>;

const NOTHING = 'The last backup was to be brought back, and there is none that is not brought back already.';
const NOTHING_REMEDY = 'A backup is taken before anything of ours changes your files; nothing has yet.';
