/* eslint @typescript-eslint/switch-exhaustiveness-check: ["error", { "considerDefaultExhaustiveForUnions": true }] -- a syntax tree has some 170 kinds of node */
import type { Node } from 'oxc-parser';
import type { FunctionOutline } from './functions.ts';
import type { ParsedSource } from './parse.ts';
import { isFunction, walk } from './walk.ts';

export interface WayDown {
  /** The first of the function's deepest lines. */
  readonly line: number;
  /** What stands around it, outermost first, each as its first words: `if (doctor !== null)`. */
  readonly around: readonly string[];
}

/** How one gets to the deepest line of a function. */
export function wayDown(source: ParsedSource, outline: FunctionOutline): WayDown {
  const index = outline.profile.indexOf(Math.max(...outline.profile));
  const line = outline.line + index;
  const around: string[] = [];
  walk(outline.node.body, (node) => {
    if (source.lineOf(node.start) > line || source.lineOf(node.end - 1) < line) return 'skip';
    const head = headOf(source, node);
    if (head !== null && source.lineOf(node.start) < line) around.push(head);
    return undefined;
  });
  return { line, around };
}

function headOf(source: ParsedSource, node: Node): string | null {
  const end = headEnd(node);
  if (end === null) return null;
  const text = source.code.slice(node.start, end).replace(/\s+/g, ' ').trim();
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function headEnd(node: Node): number | null {
  if (isFunction(node)) return node.body.start;
  switch (node.type) {
    case 'IfStatement':
      return node.consequent.start;
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      return node.body.start;
    case 'SwitchStatement':
      return node.cases[0]?.start ?? node.end;
    case 'ConditionalExpression':
      return node.test.end;
    case 'LabeledStatement':
      return node.body.start;
    case 'TryStatement':
      return node.block.start;
    default:
      return null;
  }
}

const LONGEST = 60;
