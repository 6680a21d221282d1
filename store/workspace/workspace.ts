import { WorkshopError } from '../../model/workshop-error.ts';
import type { Backup } from './backup.ts';
import type { FileTree } from './file-tree.ts';

export interface Workspace {
  readonly root: string;
  readonly appDirectory: string;
  files(): Promise<FileTree>;
  baseline(): Promise<FileTree>;
  changed(): Promise<readonly string[]>;
  backup(reason: string): Promise<Backup>;
  backups(): Promise<readonly Backup[]>;
  undo(id?: string): Promise<Backup>;
  write(changes: ReadonlyMap<string, Buffer | null>, reason: string): Promise<Backup>;
  restoreBaseline(paths: readonly string[], reason: string): Promise<Backup>;
}

export function openWorkspace(options: { readonly root: string }): Promise<Workspace> {
  return Promise.reject(new WorkshopError('NOT_BUILT', `openWorkspace ${options.root}`, { remedy: '' }));
}
