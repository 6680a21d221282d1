/* eslint @typescript-eslint/switch-exhaustiveness-check: ["error", { "considerDefaultExhaustiveForUnions": true }] -- a syntax tree has some 170 kinds of node */
import type { Node } from 'oxc-parser';
import { childrenOf, isFunction } from './walk.ts';

/**
 * Whether an expression that stands as a statement is a decision: two or more `&&` or `||`, or a ternary inside one.
 * A single `error && show(error);` is left alone.
 */
export function isStatementChain(expression: Node): boolean {
  const bare = unwrap(expression);
  switch (bare.type) {
    case 'LogicalExpression':
      return decisionsIn(bare) >= 2;
    case 'ConditionalExpression':
      return decisionsIn(bare) >= 3;
    case 'SequenceExpression':
      return bare.expressions.some(isStatementChain);
    default:
      return false;
  }
}

/** `(a || (refuse(), false)) && …`: effects inside of a condition. */
export function hidesSequence(expression: Node): boolean {
  return decisionsIn(expression) >= 2 && hasSequence(expression);
}

function hasSequence(node: Node): boolean {
  if (isFunction(node)) return false;
  return node.type === 'SequenceExpression' || childrenOf(node).some(hasSequence);
}

function decisionsIn(node: Node): number {
  if (isFunction(node)) return 0;
  const own = node.type === 'LogicalExpression' || node.type === 'ConditionalExpression' ? 1 : 0;
  return childrenOf(node).reduce((sum, child) => sum + decisionsIn(child), own);
}

function unwrap(node: Node): Node {
  switch (node.type) {
    case 'AwaitExpression':
    case 'UnaryExpression':
      return unwrap(node.argument);
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
      return unwrap(node.expression);
    default:
      return node;
  }
}
