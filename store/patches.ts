import type { PatchHeader } from '../model/step.ts';
import { WorkshopError } from '../model/workshop-error.ts';
import type { FileTree } from './workspace/file-tree.ts';

export interface Patch {
  readonly title: string;
  readonly refusedBy?: string;
  readonly diff: string;
  /** The patch file's path, for messages. */
  readonly file: string;
}

export function parsePatch(text: string, file: string): Patch {
  throw new WorkshopError('NOT_BUILT', `parsePatch ${file} ${text.length}`, { remedy: '' });
}

export function applyPatch(tree: FileTree, patch: Patch): FileTree {
  throw new WorkshopError('NOT_BUILT', `applyPatch ${patch.file} ${tree.size}`, { remedy: '' });
}

export function createPatch(before: FileTree, after: FileTree, header: PatchHeader): string {
  throw new WorkshopError('NOT_BUILT', `createPatch ${header.title} ${before.size} ${after.size}`, {
    remedy: '',
  });
}
