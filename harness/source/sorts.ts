/* eslint @typescript-eslint/switch-exhaustiveness-check: ["error", { "considerDefaultExhaustiveForUnions": true }] -- a syntax tree has some 170 kinds of node */
import type { Node } from 'oxc-parser';
import { functionName, nameOf } from './function-name.ts';
import type { ParsedSource } from './parse.ts';
import { isFunction, walk } from './walk.ts';

export interface HandWrittenSort {
  readonly line: number;
  /** How it is known. */
  readonly sign: string;
}

/** Places where elements of a list are put in order by hand: swapped, inserted at their place, or split and merged. */
export function handWrittenSorts(source: ParsedSource): HandWrittenSort[] {
  const sorts: HandWrittenSort[] = [];
  walk(source.program, (node, ancestors) => {
    const sign =
      swapOf(source, node) ??
      (isLoop(node) ? insertionIn(source, node) : null) ??
      recursionOf(node, ancestors);
    if (sign !== null) sorts.push({ line: source.lineOf(node.start), sign });
  });
  return sorts;
}

/** `[a[i], a[j]] = [a[j], a[i]]`, or two writes beside each other to two places of one list, one of which is read for it. */
function swapOf(source: ParsedSource, node: Node): string | null {
  if (node.type === 'AssignmentExpression' && node.left.type === 'ArrayPattern') {
    const elements = node.left.elements.filter((e) => e?.type === 'MemberExpression' && e.computed);
    return elements.length >= 2 ? 'two elements change places' : null;
  }
  if (!('body' in node) || !Array.isArray(node.body)) return null;
  const writes = (node.body as Node[]).map((statement) => elementWrite(source, statement));
  const isSwap = writes.some((write, i) => {
    const next = writes[i + 1];
    return (
      write &&
      next &&
      write.list === next.list &&
      write.index !== next.index &&
      write.reads.startsWith(`${write.list}[`)
    );
  });
  return isSwap ? 'two elements change places' : null;
}

function elementWrite(source: ParsedSource, statement: Node) {
  if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'AssignmentExpression')
    return null;
  const { left, right } = statement.expression;
  if (left.type !== 'MemberExpression' || !left.computed) return null;
  const text = (node: Node) => source.code.slice(node.start, node.end).replace(/\s+/g, '');
  return { list: text(left.object), index: text(left.property), reads: text(right) };
}

/** In a loop: something is compared, and an element is put into or taken out of the middle of a list. */
function insertionIn(source: ParsedSource, loop: Node): string | null {
  let moves = false;
  let compares = false;
  walk(loop, (node) => {
    if (
      node.type === 'CallExpression' &&
      /^(splice|toSpliced)$/.test(nameOf(node.callee)) &&
      node.arguments.length >= 2
    )
      moves = true;
    if (node.type === 'BinaryExpression' && /^[<>]=?$/.test(node.operator)) {
      const text = source.code.slice(node.start, node.end);
      if (/\[[^\]]+\]|\.at\(|score|risk|points/i.test(text)) compares = true;
    }
  });
  return moves && compares ? 'elements are put in their place one by one' : null;
}

/** A function that calls itself on two parts of a list: quicksort and merge sort. */
function recursionOf(node: Node, ancestors: readonly Node[]): string | null {
  if (!isFunction(node)) return null;
  const name = functionName(node, ancestors);
  let own = 0;
  let parts = 0;
  walk(node.body, (inner) => {
    if (inner.type !== 'CallExpression') return;
    const called = nameOf(inner.callee);
    if (called === name) own += 1;
    if (/^(filter|slice|splice|shift)$/.test(called)) parts += 1;
  });
  return own >= 2 && parts >= 1 ? 'a list is split, ordered in parts and put together again' : null;
}

function isLoop(node: Node): boolean {
  switch (node.type) {
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      return true;
    case 'CallExpression':
      return /^(forEach|map|reduce)$/.test(nameOf(node.callee)) && isFunction(node.arguments[0]);
    default:
      return false;
  }
}
