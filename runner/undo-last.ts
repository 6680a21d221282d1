import type { NewEvent } from '../model/event.ts';
import type { Backup } from '../store/workspace/backup.ts';
import type { Workspace } from '../store/workspace/workspace.ts';
import { pathsBetween } from './solution.ts';

export interface UndoRequest {
  readonly workspace: Workspace;
  /** The step that the journal is to name. */
  readonly slug: string;
  /** A backup by its name; without one the newest that is not brought back yet. */
  readonly backup: string | undefined;
  record(event: NewEvent): Promise<unknown>;
}

/** Brings a backup back, and says which files it changed. The next undo takes this one back. */
export async function undoLast({
  workspace,
  slug,
  backup,
  record,
}: UndoRequest): Promise<{ readonly backup: Backup; readonly files: readonly string[] }> {
  const before = await workspace.files();
  const restored = await workspace.undo(backup);
  const files = pathsBetween(before, await workspace.files());
  await record({ type: 'work.restored', slug, backup: restored.id });
  return { backup: restored, files };
}
