import { type FSWatcher, watch } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';

export interface Watch {
  close(): void;
}

/**
 * Calls back once for each burst of changes below a folder, 25 ms after its last one. Editors save in many ways
 * (write, rename over, delete and create), so an event only says that it is time to look. Where the folder is away, or
 * the system lets us watch no more, it is time to look twice a second.
 */
export async function watchFolder(
  root: string,
  onChange: () => void,
  system: System = { platform: process.platform, watch },
): Promise<Watch> {
  /**
   * Where one watch sees all below, it is the only one: on Windows a folder that is watched can't be renamed or deleted
   * with what is around it. On Linux a recursive watch loses files that are renamed over, before Node 22.
   */
  const recursive = system.platform === 'win32' || system.platform === 'darwin';
  const watched = new Map<string, { readonly watcher: FSWatcher; readonly inode: number }>();
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const lookIn = (milliseconds: number) => {
    if (closed) return;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => void look(), milliseconds);
  };

  async function look(): Promise<void> {
    timer = null;
    onChange();
    const state = await follow(root);
    if (timer !== null) return;
    // What came into a new folder before it was watched was said by nobody.
    if (state === 'new') lookIn(QUIET_MS);
    if (state === 'blind') lookIn(BLIND_MS);
  }

  const forget = (folder: string) => {
    for (const [path, { watcher }] of watched) {
      if (path !== folder && !path.startsWith(`${folder}${sep}`)) continue;
      watcher.close();
      watched.delete(path);
    }
  };

  const heard = (folder: string, kind: string, name: string | null) => {
    if (recursive && (name ?? '').split(/[\\/]/).some((part) => LEFT_OUT.has(part))) return;
    // A folder that was replaced is another folder under the same name: watch that one. The root says its own name.
    if (kind === 'rename' && name !== null) forget(join(folder, name));
    if (kind === 'rename' && folder === root && name === basename(root)) forget(root);
    lookIn(QUIET_MS);
  };

  function begin(folder: string, inode: number): State {
    try {
      const listen = (kind: string, name: string | null) => heard(folder, kind, name);
      const watcher = system.watch(folder, { persistent: false, recursive }, listen);
      watcher.once('error', () => {
        forget(folder);
        lookIn(BLIND_MS);
      });
      watched.set(folder, { watcher, inode });
      return 'new';
    } catch {
      return 'blind';
    }
  }

  async function follow(folder: string): Promise<State> {
    const inode = await stat(folder).then(
      ({ ino }) => ino,
      () => null,
    );
    if (closed) return 'whole';
    if (inode === null) {
      forget(folder);
      return folder === root ? 'blind' : 'whole';
    }
    if (watched.get(folder)?.inode !== inode) forget(folder);
    const own = watched.has(folder) ? 'whole' : begin(folder, inode);
    return recursive ? own : worst([own, ...(await followBelow(folder))]);
  }

  async function followBelow(folder: string): Promise<readonly State[]> {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    const folders = entries.filter((entry) => entry.isDirectory() && !LEFT_OUT.has(entry.name));
    return Promise.all(folders.map(({ name }) => follow(join(folder, name))));
  }

  if ((await follow(root)) === 'blind') lookIn(BLIND_MS);
  return {
    close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      forget(root);
    },
  };
}

/** What tells of changes, and where. */
export interface System {
  readonly platform: NodeJS.Platform;
  readonly watch: (
    folder: string,
    options: { readonly persistent: false; readonly recursive: boolean },
    listener: (kind: string, name: string | null) => void,
  ) => FSWatcher;
}

/** Of the watches below a folder: all were there, there are new ones, or one can't be had. */
type State = 'whole' | 'new' | 'blind';

const worst = (states: readonly State[]): State =>
  states.includes('blind') ? 'blind' : states.includes('new') ? 'new' : 'whole';

const QUIET_MS = 25;
const BLIND_MS = 500;
const LEFT_OUT = new Set(['node_modules', 'dist', '.git']);
