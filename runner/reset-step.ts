import type { NewEvent } from '../model/event.ts';
import type { Step } from '../model/step.ts';
import { solved, treeBefore } from '../store/solutions.ts';
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
  const touched = await touchedBySolution(step, catalogue, baseline);
  return changed.filter((path) => touched.includes(path) || step.files.some((file) => isOf(path, file)));
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

/** A step that has no solution yet is reset by what it names. */
async function touchedBySolution(
  step: Step,
  catalogue: readonly Step[],
  baseline: FileTree,
): Promise<readonly string[]> {
  try {
    const before = await treeBefore(step, catalogue, baseline);
    return pathsBetween(before, await solved(step, catalogue, baseline));
  } catch {
    return [];
  }
}

/** `app/migrations/` names every file below it. */
const isOf = (path: string, file: string) => (file.endsWith('/') ? path.startsWith(file) : path === file);
