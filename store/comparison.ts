import { unifiedDiff } from './unified-diff.ts';
import type { FileTree } from './workspace/file-tree.ts';

/** Unified diff of those paths, from mine to theirs, in the order given. '' when nothing differs. */
export function compareTrees(mine: FileTree, theirs: FileTree, paths: readonly string[]): string {
  return paths.map((path) => unifiedDiff(path, mine.get(path), theirs.get(path))).join('');
}
