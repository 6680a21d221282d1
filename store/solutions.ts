import type { Step } from '../model/step.ts';
import { WorkshopError } from '../model/workshop-error.ts';
import type { Patch } from './patches.ts';
import type { FileTree } from './workspace/file-tree.ts';

export interface StepPatches {
  /** `null` while the step has none. */
  readonly solution: Patch | null;
  readonly alternatives: readonly Patch[];
  readonly mistakes: readonly Patch[];
}

export interface Merge {
  /** Files to write; `null` deletes. Only what differs from mine; whole only when `conflicts` is empty. */
  readonly changes: ReadonlyMap<string, Buffer | null>;
  readonly conflicts: readonly MergeConflict[];
}

export interface MergeConflict {
  readonly file: string;
  /** Lines of mine, first to last, from 1; `null` when the whole file is at odds (deleted on one side, binary). */
  readonly lines: { readonly from: number; readonly to: number } | null;
  readonly reason: string;
}

export function loadPatches(step: Step): Promise<StepPatches> {
  return Promise.reject(new WorkshopError('NOT_BUILT', `loadPatches ${step.slug}`, { remedy: '' }));
}

export function treeBefore(step: Step, catalogue: readonly Step[], baseline: FileTree): Promise<FileTree> {
  return Promise.reject(
    new WorkshopError('NOT_BUILT', `${step.slug} ${catalogue.length} ${baseline.size}`, { remedy: '' }),
  );
}

export function solved(step: Step, catalogue: readonly Step[], baseline: FileTree): Promise<FileTree> {
  return Promise.reject(
    new WorkshopError('NOT_BUILT', `${step.slug} ${catalogue.length} ${baseline.size}`, { remedy: '' }),
  );
}

export function mergeSolution(mine: FileTree, base: FileTree, theirs: FileTree): Merge {
  throw new WorkshopError('NOT_BUILT', `${mine.size} ${base.size} ${theirs.size}`, { remedy: '' });
}
