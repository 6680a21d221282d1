import { posix } from 'node:path';
import type { ParsedSource } from './parse.ts';
import { walk } from './walk.ts';

/** The learner's own files that a file imports, as paths like `app/src/html.ts`; packages and missing files are left out. */
export function importsOf(source: ParsedSource, files: ReadonlySet<string>): string[] {
  const found = new Set<string>();
  walk(source.program, (node) => {
    const from = 'source' in node ? node.source : null;
    if (from === null || typeof from !== 'object' || from.type !== 'Literal') return;
    if (typeof from.value !== 'string' || !from.value.startsWith('.')) return;
    const path = posix.join(posix.dirname(source.file), from.value);
    const file = candidates(path).find((candidate) => files.has(candidate));
    if (file !== undefined) found.add(file);
  });
  return [...found];
}

/** What can be reached by imports from `roots`, these included. `enter` decides where imports are followed. */
export function reachable(
  parsed: readonly ParsedSource[],
  roots: readonly string[],
  enter: (file: string) => boolean = () => true,
): ReadonlySet<string> {
  const byFile = new Map(parsed.map((source) => [source.file, source]));
  const files = new Set(byFile.keys());
  const reached = new Set<string>();
  const queue = roots.filter((file) => files.has(file));
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    const source = byFile.get(file);
    if (reached.has(file) || source === undefined) continue;
    reached.add(file);
    queue.push(...importsOf(source, files).filter(enter));
  }
  return reached;
}

/** `./a.js` may mean `a.ts`, `./a` may mean `a.ts` or `a/index.ts`. */
function candidates(path: string): string[] {
  const bare = path.replace(/\.([cm]?)js$/, '.$1ts');
  return [
    path,
    bare,
    ...ENDINGS.map((ending) => path + ending),
    ...ENDINGS.map((ending) => `${path}/index${ending}`),
  ];
}

const ENDINGS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs'];
