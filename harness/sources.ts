import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { isUnreadable, unreadableFile } from '../model/unreadable-file.ts';

/** The learner's files as text, by their path in the workshop (`app/src/server.ts`). */
export interface Sources {
  /** Sorted. Without node_modules, dist and links. */
  readonly paths: readonly string[];
  /** The file's text without a byte order mark; `null` when there is none. Throws `FILE_UNREADABLE`. */
  text(path: string): string | null;
}

/** Reads lazily and once: a check that looks at one file pays for one. */
export function createSources(app: string): Sources {
  const texts = new Map<string, string | null>();
  let paths: readonly string[] | null = null;
  const read = (path: string) => {
    try {
      return readFileSync(join(app, path.slice('app/'.length)), 'utf8').replace(/^\uFEFF/, '');
    } catch (cause) {
      if (isUnreadable(cause)) throw unreadableFile(path, cause);
      return null;
    }
  };
  return {
    get paths() {
      return (paths ??= list(app));
    },
    text(path) {
      const known = texts.get(path);
      if (known !== undefined) return known;
      const text = read(path);
      texts.set(path, text);
      return text;
    },
  };
}

function list(app: string): string[] {
  const shown = (path: string) => `app/${relative(app, path).split(sep).join('/')}`;
  const entriesOf = (folder: string) => {
    try {
      return readdirSync(folder, { withFileTypes: true });
    } catch (cause) {
      throw isUnreadable(cause) ? unreadableFile(shown(folder), cause) : cause;
    }
  };
  const walk = (folder: string): string[] =>
    entriesOf(folder).flatMap((entry) => {
      if (LEFT_OUT.has(entry.name)) return [];
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return walk(path);
      return entry.isFile() ? [shown(path)] : [];
    });
  return walk(app).sort();
}

const LEFT_OUT = new Set(['node_modules', 'dist', '.git']);
