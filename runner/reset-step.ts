import type { NewEvent } from '../model/event.ts';
import type { Step } from '../model/step.ts';
import { solvedFrom, treeBefore } from '../store/solutions.ts';
import type { Backup } from '../store/workspace/backup.ts';
import type { FileTree } from '../store/workspace/file-tree.ts';
import type { Workspace } from '../store/workspace/workspace.ts';
import { pathsBetween } from './solution.ts';

export interface ResetRequest {
  readonly step: Step;
  readonly catalogue: readonly Step[];
  readonly workspace: Workspace;
}

/** The files of a step that are not as shipped: those it names, and those that its solution touches. Sorted. */
export async function filesToReset({ step, catalogue, workspace }: ResetRequest): Promise<readonly string[]> {
  const [baseline, changed] = await Promise.all([workspace.baseline(), workspace.changed()]);
  const touched = await touchedBySolution(
    step,
    await treeBefore(step, catalogue, baseline).catch(() => null),
  );
  return changedOf(step, changed, touched.paths);
}

/** The same for every step, looking at everything once. */
export async function changedFiles(
  catalogue: readonly Step[],
  changed: readonly string[],
  baseline: FileTree,
): Promise<ReadonlyMap<Step, readonly string[]>> {
  const files = new Map<Step, readonly string[]>();
  let before: FileTree | null = baseline;
  for (const step of catalogue) {
    const touched = await touchedBySolution(step, before);
    files.set(step, changedOf(step, changed, touched.paths));
    before = touched.after;
  }
  return files;
}

/** Writes those files as they were shipped; what was not shipped is deleted. A backup is taken first. */
export async function resetStep(
  request: ResetRequest & {
    readonly files: readonly string[];
    record(event: NewEvent): Promise<unknown>;
  },
): Promise<Backup> {
  const { step, workspace, files, record } = request;
  const backup = await workspace.restoreBaseline(files, `reset of ${step.slug}`);
  await record({ type: 'step.reset', slug: step.slug, backup: backup.id });
  return backup;
}

function changedOf(step: Step, changed: readonly string[], touched: readonly string[]): readonly string[] {
  return changed.filter((path) => touched.includes(path) || step.files.some((file) => isOf(path, file)));
}

/** A step that has no solution yet, or one that does not fit, is reset by what it names. */
async function touchedBySolution(
  step: Step,
  before: FileTree | null,
): Promise<{ readonly paths: readonly string[]; readonly after: FileTree | null }> {
  if (before === null) return { paths: [], after: null };
  try {
    const after = await solvedFrom(before, step);
    return { paths: pathsBetween(before, after), after };
  } catch {
    return { paths: [], after: before };
  }
}

/** `app/migrations/` names every file below it. */
const isOf = (path: string, file: string) => (file.endsWith('/') ? path.startsWith(file) : path === file);
