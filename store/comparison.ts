import { WorkshopError } from '../model/workshop-error.ts';
import type { FileTree } from './workspace/file-tree.ts';

/** Unified diff of those paths, from mine to theirs. Empty when nothing differs. */
export function compareTrees(mine: FileTree, theirs: FileTree, paths: readonly string[]): string {
  throw new WorkshopError('NOT_BUILT', `${mine.size} ${theirs.size} ${paths.length}`, { remedy: '' });
}
