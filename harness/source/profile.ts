import type { Node } from 'oxc-parser';
import type { ParsedSource } from './parse.ts';

/** The depth of each line of a function, drawn while it is measured. */
export interface Profile {
  raise(node: Node, depth: number): void;
  lines(): number[];
}

export function createProfile(source: ParsedSource, whole: Node): Profile {
  const first = source.lineOf(whole.start);
  const last = source.lineOf(Math.max(whole.start, whole.end - 1));
  const depths = new Array<number>(last - first + 1).fill(0);
  return {
    raise(node, depth) {
      // A block's own braces stand on the level around it.
      const inset = node.type === 'BlockStatement' ? 1 : 0;
      const from = source.lineOf(node.start) - first;
      const to = source.lineOf(node.end - 1) - first;
      const range = to - from >= 2 * inset ? [from + inset, to - inset] : [from, to];
      for (let i = range[0] ?? from; i <= (range[1] ?? to); i++) depths[i] = Math.max(depths[i] ?? 0, depth);
    },
    lines: () => depths,
  };
}
