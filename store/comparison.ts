import type { MergeConflict } from './solutions.ts';
import { unifiedDiff } from './unified-diff.ts';
import type { FileTree } from './workspace/file-tree.ts';

/** One file of the learner beside the reference solution's; `null` where there is none. */
export interface ComparedFile {
  readonly path: string;
  readonly mine: Buffer | null;
  readonly theirs: Buffer | null;
  /** Why the learner's was not read although something is there: `a link that leads out of app/`. */
  readonly unread: string | null;
}

export interface SolutionComparison {
  /** What the reference solution does, in its author's words. */
  readonly title: string;
  readonly notes: string;
  /** Every file that the solution touches, sorted, those that are the same among them. */
  readonly files: readonly ComparedFile[];
  /** Where the solution could not be put into the learner's files by itself. */
  readonly conflicts: readonly MergeConflict[];
}

/** Unified diff of those paths, from mine to theirs, in the order given. '' when nothing differs. */
export function compareTrees(mine: FileTree, theirs: FileTree, paths: readonly string[]): string {
  return paths.map((path) => unifiedDiff(path, mine.get(path), theirs.get(path))).join('');
}
