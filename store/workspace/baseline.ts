import { WorkshopError } from '../../model/workshop-error.ts';
import type { FileTree } from './file-tree.ts';

/** What `steps/baseline.json` holds: git blob ids (sha1) by path. */
export interface BaselineManifest {
  readonly files: Readonly<Record<string, string>>;
}

export function computeBaseline(tree: FileTree): BaselineManifest {
  throw new WorkshopError('NOT_BUILT', `computeBaseline ${tree.size}`, { remedy: '' });
}
