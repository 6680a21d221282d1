import { posix } from 'node:path';
import type { FileNode } from '../image/file-node.ts';
import { resolvePath, type Stage } from '../image/stage.ts';

/** Where COPY takes from. */
export interface Pool {
  /** `null`: the build context or an image. */
  readonly stage: Stage | null;
  readonly paths: readonly string[];
  readonly folders: ReadonlySet<string>;
  node(path: string): FileNode;
}

export interface Source {
  readonly path: string;
  /** Where it lands below the target folder. */
  readonly below: string;
  node(): FileNode;
}

interface Found {
  readonly sources: readonly Source[];
  /** The word names one file, and no pattern or folder. */
  readonly isFile: boolean;
  readonly emptyFolder: boolean;
}

/** The files that one source word of COPY means: a file, the contents of a folder, or what a pattern matches. `null`: nothing. */
export function findSources(pool: Pool, word: string, keepParents: boolean): Found | null {
  const wanted = resolvePath('/', word).slice(1);
  const pattern = /[*?[]/.test(wanted) ? compileGlob(wanted) : null;
  const sources: Source[] = [];
  for (const path of pool.paths) {
    const head = matchingHead(path, wanted, pattern);
    if (head === null) continue;
    const rest = head === '' ? path : path.slice(head.length + 1);
    const below = keepParents ? path : rest === '' ? posix.basename(path) : rest;
    sources.push({ path, below, node: () => pool.node(path) });
  }
  const isFile = pattern === null && pool.paths.includes(wanted);
  const folders = [...pool.folders];
  const folderThere =
    wanted === '' ||
    (pattern === null ? pool.folders.has(wanted) : folders.some((folder) => pattern.test(folder)));
  if (sources.length === 0 && !folderThere) return null;
  return { sources, isFile, emptyFolder: sources.length === 0 };
}

/** As Go's `filepath.Match`: `*` and `?` stop at `/`. */
export function compileGlob(pattern: string): RegExp {
  const source = pattern.replace(/\\(.)|\[\^?[^\]]+\]|[.+^${}()|*?[\]]/g, (found, literal) => {
    if (typeof literal === 'string') return literal.replace(/[^\w]/g, '\\$&');
    if (found.length > 1) return found.replace(/^\[!/, '[^');
    return found === '*' ? '[^/]*' : found === '?' ? '[^/]' : `\\${found}`;
  });
  return new RegExp(`^${source}$`, 's');
}

/** The shortest head of `path` that the word means. */
function matchingHead(path: string, wanted: string, pattern: RegExp | null): string | null {
  if (pattern === null)
    return wanted === '' || path === wanted || path.startsWith(`${wanted}/`) ? wanted : null;
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1))
    if (pattern.test(path.slice(0, at))) return path.slice(0, at);
  return pattern.test(path) ? path : null;
}
