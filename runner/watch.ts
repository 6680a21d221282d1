import { type FSWatcher, watch } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface Watch {
  close(): void;
}

/**
 * Calls back once for each burst of changes below a folder, 25 ms after its last one. Editors save in many ways
 * (write, rename over, delete and create), so an event only says that it is time to look.
 */
export async function watchFolder(root: string, onChange: () => void): Promise<Watch> {
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const changed = () => {
    if (closed) return;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      void follow(root);
      onChange();
    }, QUIET_MS);
  };

  const forget = (folder: string) => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };

  /** One watcher a folder: a recursive watch loses files that are renamed over, on Linux before Node 22. */
  async function follow(folder: string): Promise<void> {
    if (closed) return;
    if (!watchers.has(folder)) {
      try {
        const watcher = watch(folder, { persistent: false }, (kind, name) => {
          // A folder that was replaced is another folder under the same name: watch that one.
          if (kind === 'rename' && name !== null) forget(join(folder, name));
          changed();
        });
        watcher.once('error', () => forget(folder));
        watchers.set(folder, watcher);
      } catch {
        return;
      }
    }
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => null);
    if (entries === null) return forget(folder);
    await Promise.all(
      entries
        .filter((e) => e.isDirectory() && !LEFT_OUT.has(e.name))
        .map((e) => follow(join(folder, e.name))),
    );
  }

  await follow(root);
  return {
    close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}

const QUIET_MS = 25;
const LEFT_OUT = new Set(['node_modules', 'dist', '.git']);
