import { join } from 'node:path';
import { sayingDiskErrors } from '../disk-error.ts';
import { createLock } from '../lock.ts';
import { ensurePrivateFolder } from '../private-folder.ts';
import { type About, type Backup, backupOf, chooseBackup, type Manifest, openBackups } from './backup.ts';
import { changedPaths, keepBaseline, loadManifest, recoverBaseline } from './baseline.ts';
import { type FileTree, type LeftOut, type Survey, surveyApp, treeOf } from './file-tree.ts';
import { checkPlaces, type FileChanges, placeFiles } from './place-files.ts';

/** The learner's files. Paths are relative to `root`, with `/`: `app/src/server.ts`. */
export interface Workspace {
  readonly root: string;
  readonly appDirectory: string;
  /** app/ as it stands, without node_modules, dist and .git; bytes as they are. */
  files(): Promise<FileTree>;
  /** What stands in app/ and is not read, and why. */
  leftOut(): Promise<readonly LeftOut[]>;
  /** app/ as shipped. Throws `BASELINE_LOST` naming what is nowhere. */
  baseline(): Promise<FileTree>;
  /** Paths that are not as shipped: changed, added or removed. Sorted. */
  changed(): Promise<readonly string[]>;
  /** Copies every file of the learner. Throws `BACKUP_FAILED`. */
  backup(reason: string): Promise<Backup>;
  /** Newest first. */
  backups(): Promise<readonly Backup[]>;
  /**
   * Brings back what the newest backup that is not undone (or the one named) was taken of: the files that the write
   * after it touched, or all. Takes a backup of its own first, so the next undo takes this one back.
   * Throws `NOTHING_TO_UNDO`, `BACKUP_UNKNOWN`, `BACKUP_DAMAGED`, and as `write` does.
   */
  undo(id?: string): Promise<Backup>;
  /**
   * The one way in which anything of ours writes to app/; `null` deletes. A backup first, then each file as a whole.
   * Throws `WRITE_REFUSED` or `BACKUP_FAILED` when nothing was changed, `WRITE_FAILED` when it broke off half-way.
   */
  write(changes: ReadonlyMap<string, Buffer | null>, reason: string): Promise<Backup>;
  /** Writes those files as they were shipped; one that was not shipped is deleted. */
  restoreBaseline(paths: readonly string[], reason: string): Promise<Backup>;
}

/** Also keeps a copy of what is still as shipped, so that it can be brought back without git. */
export async function openWorkspace({ root }: { readonly root: string }): Promise<Workspace> {
  const home = join(root, '.workshop');
  const app = join(root, 'app');
  const keeping = {
    code: 'BACKUP_FAILED',
    attempted: BACKUP_ATTEMPT,
    path: home,
    folder: home,
    state: 'Nothing was changed.',
  };
  await sayingDiskErrors({ ...keeping, attempted: 'The folder of the workshop was to be made' }, () =>
    ensurePrivateFolder(home),
  );
  const lock = await createLock(join(home, 'workspace.lock'), { patienceMs: LOCK_PATIENCE_MS });
  const backups = openBackups(root);
  const survey = (): Promise<Survey> => surveyApp(root);
  const tree = async (): Promise<FileTree> => treeOf(await survey());

  const locked = <T>(work: () => Promise<T>): Promise<T> => sayingDiskErrors(keeping, () => lock.hold(work));

  /** Under the lock. What the learner saves while the backup is being kept is backed up as well. */
  const take = (about: About): Promise<Taken> =>
    sayingDiskErrors(keeping, async () => {
      const before = await survey();
      const backup = await backups.take(before, about);
      const after = await survey();
      if (isSettled(before, after, about)) return { backup, survey: before };
      return { backup: await backups.take(after, about), survey: after };
    });
  /** Under the lock. */
  const change = async (changes: FileChanges, about: About): Promise<Backup> => {
    await checkPlaces(root, changes);
    let taken = await take(about);
    // To write the new bytes to the disk takes a while, in which the learner may have saved again.
    const beforePlacing = async () => {
      for (let turn = 0; turn < MOST_TURNS && !isSettled(taken.survey, await survey(), about); turn += 1)
        taken = await take(about);
    };
    const writing = {
      code: 'WRITE_FAILED',
      attempted: WRITE_ATTEMPT,
      path: app,
      folder: app,
      state: whereItIs(taken.backup),
    };
    await sayingDiskErrors(writing, () => placeFiles(root, changes, beforePlacing));
    return taken.backup;
  };
  const write = (changes: ReadonlyMap<string, Buffer | null>, reason: string): Promise<Backup> => {
    const files = new Map([...changes].map(([path, bytes]) => [path, bytes === null ? null : { bytes }]));
    return locked(() => change(files, { reason, touches: [...changes.keys()], undoes: null }));
  };
  const baseline = async (): Promise<FileTree> =>
    recoverBaseline(root, await loadManifest(root), await tree());

  await keepBaselineWhenPossible(root, survey);
  return {
    root,
    appDirectory: app,
    files: tree,
    leftOut: async () => (await survey()).leftOut,
    baseline,
    changed: async () => changedPaths(await loadManifest(root), await tree()),
    backup: (reason) => locked(async () => (await take({ reason, touches: null, undoes: null })).backup),
    backups: async () => (await backups.list()).map(backupOf),
    undo: (id) =>
      locked(async () => {
        const target = chooseBackup(await backups.list(), id);
        const changes = await changesBack(target, await survey(), backups.bytesOf);
        await change(changes, {
          reason: `undo of ${target.reason}`,
          touches: target.touches,
          undoes: target.id,
        });
        return backups.markUndone(target);
      }),
    write,
    restoreBaseline: async (paths, reason) => {
      const shipped = await baseline();
      return write(new Map(paths.map((path) => [path, shipped.get(path) ?? null])), reason);
    },
  };
}

interface Taken {
  readonly backup: Backup;
  /** The files that are in it. */
  readonly survey: Survey;
}

function isSettled(before: Survey, after: Survey, { touches }: About): boolean {
  return (touches ?? []).every((path) => sameFile(before, after, path));
}

function sameFile(before: Survey, after: Survey, path: string): boolean {
  const [then, now] = [before.files.get(path), after.files.get(path)];
  return then === undefined ? now === undefined : now !== undefined && then.bytes.equals(now.bytes);
}

async function changesBack(
  target: Manifest,
  now: Survey,
  bytesOf: (manifest: Manifest, path: string) => Promise<Buffer | null>,
): Promise<FileChanges> {
  const paths = target.touches ?? [...new Set([...Object.keys(target.files), ...now.files.keys()])];
  const changes = new Map<string, { bytes: Buffer; mode: number } | null>();
  for (const path of paths) {
    const bytes = await bytesOf(target, path);
    changes.set(path, bytes === null ? null : { bytes, mode: target.files[path]?.mode ?? 0o644 });
  }
  return changes;
}

/** Not being able to keep it hinders no command: whoever needs the baseline is told what is missing. */
async function keepBaselineWhenPossible(root: string, survey: () => Promise<Survey>): Promise<void> {
  try {
    await keepBaseline(root, await loadManifest(root), treeOf(await survey()));
  } catch {
    return;
  }
}

function whereItIs(backup: Backup): string {
  return `The files as they were are in the backup ${backup.id}; \`npm run undo\` brings them back.`;
}

const WRITE_ATTEMPT = 'Files of app/ were to be written';
const BACKUP_ATTEMPT = 'A backup of your files was to be kept';
/** Whoever saves without a pause is not waited for. */
const MOST_TURNS = 3;
const LOCK_PATIENCE_MS = 10_000;
