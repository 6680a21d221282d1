import { PGlite } from '@electric-sql/pglite';
import { EmscriptenBuiltinFilesystem } from '@electric-sql/pglite/basefs';

/** The data folder of a backend at rest. The bytes are shared: every copy of a template begins from the same ones. */
export interface Snapshot {
  readonly folders: readonly string[];
  readonly files: readonly { readonly path: string; readonly start: number; readonly end: number }[];
  readonly bytes: SharedArrayBuffer;
}

/** Of the write-ahead log only what a start still reads. */
export function takeSnapshot(files: DataFiles, log: LogRange): Snapshot {
  const folders: string[] = [];
  const found: { path: string; content: Uint8Array }[] = [];
  const walk = (folder: string) => {
    for (const name of files.readdir(folder)) {
      if (name === '.' || name === '..' || name === 'postmaster.pid') continue;
      const path = `${folder}/${name}`;
      if (files.isDir(files.lstat(path).mode)) {
        folders.push(path);
        walk(path);
      } else if (!LOG_FILE.test(path) || (log.first <= name && name <= log.last)) {
        found.push({ path, content: files.readFile(path) });
      }
    }
  };
  walk(PGlite.paths.PGDATA);
  const bytes = new SharedArrayBuffer(found.reduce((sum, { content }) => sum + content.length, 0));
  const all = new Uint8Array(bytes);
  let at = 0;
  const placed = found.map(({ path, content }) => {
    all.set(content, at);
    at += content.length;
    return { path, start: at - content.length, end: at };
  });
  return { folders, files: placed, bytes };
}

/** Names of files, which sort by their age. */
export interface LogRange {
  readonly first: string;
  readonly last: string;
}

/** A file system in memory that is empty until the snapshot is known, so that a backend can be got ready before. */
export class SnapshotFiles extends EmscriptenBuiltinFilesystem {
  readonly #snapshot: Promise<Snapshot>;

  constructor(snapshot: Promise<Snapshot>) {
    super();
    this.#snapshot = snapshot;
  }

  override async initialSyncFs(): Promise<void> {
    const { folders, files, bytes } = await this.#snapshot;
    if (this.pg === undefined)
      throw new Error('the file system was asked for files before it was joined to a backend');
    const tree = dataFilesOf(this.pg);
    tree.mkdirTree(PGlite.paths.PGDATA, PRIVATE);
    for (const folder of folders) tree.mkdirTree(folder, PRIVATE);
    const own = new Uint8Array(bytes).slice();
    for (const { path, start, end } of files)
      tree.writeFile(path, own.subarray(start, end), { canOwn: true });
  }
}

/** What is used of emscripten's file system, which comes without types of its own. */
export interface DataFiles {
  readdir(path: string): string[];
  lstat(path: string): { readonly mode: number };
  isDir(mode: number): boolean;
  readFile(path: string): Uint8Array;
  mkdirTree(path: string, mode: number): void;
  writeFile(path: string, content: Uint8Array, options: { readonly canOwn: boolean }): void;
}

export const dataFilesOf = (backend: PGlite): DataFiles => backend.Module.FS as unknown as DataFiles;

const LOG_FILE = /\/pg_wal\/[0-9A-F]{24}$/;
const PRIVATE = 0o700;
