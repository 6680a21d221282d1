/* eslint @typescript-eslint/switch-exhaustiveness-check: ["error", { "considerDefaultExhaustiveForUnions": true }] -- a syntax tree has some 170 kinds of node */
import type { Node } from 'oxc-parser';
import { functionName } from './function-name.ts';
import { measure, type Measures } from './measure.ts';
import type { ParsedSource } from './parse.ts';
import { contains, type FunctionLike, isFunction, walk } from './walk.ts';

/**
 * One function as a whole, with the functions inside of it. A function that decides nothing itself and only hands out
 * others (a list of routes, a factory) is none: its inner functions are measured one by one.
 */
export interface FunctionOutline extends Measures {
  /** Its own name, the variable's or property's that holds it, or `callback of map`. */
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  readonly node: FunctionLike;
  /** Lines of code of the body, without longer functions inside. */
  readonly lines: number;
}

export function functionsOf(source: ParsedSource): FunctionOutline[] {
  const outlines: FunctionOutline[] = [];
  walk(source.program, (node, ancestors) => {
    if (!isFunction(node)) return;
    if (handsOut(node)) return;
    outlines.push(outlineOf(source, node, ancestors));
    return 'skip';
  });
  return outlines;
}

/** As `functionsOf`, but a function that only works through lists (`map`, `filter` …) stays one part: what a reader calls one. */
export function partsOf(source: ParsedSource): FunctionOutline[] {
  const outlines: FunctionOutline[] = [];
  walk(source.program, (node, ancestors) => {
    if (!isFunction(node)) return;
    if (handsOut(node) && !onlyWorksThroughLists(node)) return;
    outlines.push(outlineOf(source, node, ancestors));
    return 'skip';
  });
  return outlines;
}

function onlyWorksThroughLists(node: FunctionLike): boolean {
  let only = true;
  walk(node.body, (inner, ancestors) => {
    if (!isFunction(inner)) return;
    only &&= LIST_CALLBACK.test(functionName(inner, ancestors));
    return 'skip';
  });
  return only;
}

function outlineOf(source: ParsedSource, node: FunctionLike, ancestors: readonly Node[]): FunctionOutline {
  return {
    name: functionName(node, ancestors),
    file: source.file,
    line: source.lineOf(node.start),
    endLine: source.lineOf(Math.max(node.start, node.end - 1)),
    node,
    lines: ownLines(source, node),
    ...measure(source, node, ancestors.filter(isFunction).length),
  };
}

/** Lines of a function's body; a function inside counts as one line when it is longer than three. */
export function ownLines(source: ParsedSource, node: FunctionLike): number {
  let lines = source.codeLines(node.body.start, node.body.end);
  walk(node.body, (inner) => {
    if (!isFunction(inner)) return;
    const own = source.codeLines(inner.start, inner.end);
    if (own > 3) lines -= own - 1;
    return 'skip';
  });
  return lines;
}

function handsOut(node: FunctionLike): boolean {
  return (
    (contains(node.body, isFunction) && !decides(node.body) && !contains(node.body, decides, 'function')) ||
    isFunction(node.body)
  );
}

function decides(node: Node): boolean {
  switch (node.type) {
    case 'IfStatement':
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'SwitchStatement':
    case 'TryStatement':
    case 'LabeledStatement':
    case 'ConditionalExpression':
      return true;
    case 'LogicalExpression':
      return node.operator !== '??';
    default:
      return false;
  }
}

const LIST_CALLBACK =
  /^callback of (map|flatMap|filter|reduce|reduceRight|forEach|some|every|find\w*|sort|toSorted|from)$/;
