import { reachable } from './imports.ts';
import type { ParsedSource } from './parse.ts';

/** The clinic's code seen from one step. */
export interface Territory {
  /** The step's own file and each new file that can be reached from it by imports. */
  readonly own: readonly ParsedSource[];
  /** Everything else: other files as shipped, and new files that belong to other things. */
  readonly others: readonly ParsedSource[];
}

/**
 * `file` is the one that the step is about. When it is gone, the routes are followed instead. `shipped` lists the files
 * that were there at first: imports are not followed into them, so that one step's files are not another's.
 */
export function territoryOf(
  parsed: readonly ParsedSource[],
  file: string,
  shipped: readonly string[],
): Territory {
  const root = parsed.some((source) => source.file === file) ? file : ROUTES;
  const reached = reachable(parsed, [root], (path) => !shipped.includes(path));
  const isOwn = (source: ParsedSource) =>
    source.file === file || (reached.has(source.file) && !shipped.includes(source.file));
  return { own: parsed.filter(isOwn), others: parsed.filter((source) => !isOwn(source)) };
}

const ROUTES = 'app/src/app.ts';
