import type { Node } from 'oxc-parser';
import type { ParsedSource } from './parse.ts';
import { childrenOf } from './walk.ts';

/** A piece of text of a node that belongs to none of its children: keywords, operators, brackets, white space. */
export interface Gap {
  readonly start: number;
  readonly end: number;
  /** Comments inside of it are made spaces. */
  readonly text: string;
  readonly before: Node | null;
  readonly after: Node | null;
}

/** The text between the children of a node, before the first and after the last; empty pieces are there too. */
export function gapsOf(source: ParsedSource, node: Node): Gap[] {
  const children = childrenOf(node).sort((a, b) => a.start - b.start || b.end - a.end);
  const gaps: Gap[] = [];
  let at = node.start;
  let before: Node | null = null;
  for (const child of children) {
    // A shorthand `{ a }` has the same place as key and as value.
    if (child.start < at) continue;
    gaps.push({
      start: at,
      end: child.start,
      text: source.code.slice(at, child.start),
      before,
      after: child,
    });
    at = child.end;
    before = child;
  }
  gaps.push({ start: at, end: node.end, text: source.code.slice(at, node.end), before, after: null });
  return gaps;
}
