/* eslint @typescript-eslint/switch-exhaustiveness-check: ["error", { "considerDefaultExhaustiveForUnions": true }] -- a syntax tree has some 170 kinds of node */
import {
  type ArrowFunctionExpression,
  type Function as FunctionNode,
  type Node,
  visitorKeys,
} from 'oxc-parser';

/** A function with a body or an arrow function; a method is the `FunctionExpression` inside of it. */
export type FunctionLike = (FunctionNode | ArrowFunctionExpression) & {
  body: NonNullable<FunctionNode['body']>;
};

/**
 * Visits `root` and all below it, parents first, in the order of the text. `'skip'` leaves out what is below a node.
 * `ancestors`, outermost first, is one list that moves along: copy it to keep it.
 */
export function walk(
  root: Node,
  visit: (node: Node, ancestors: readonly Node[]) => 'skip' | void,
  ancestors: readonly Node[] = [],
): void {
  const path = [...ancestors];
  const step = (node: Node) => {
    if (visit(node, path) === 'skip') return;
    path.push(node);
    for (const child of childrenOf(node)) step(child);
    path.pop();
  };
  step(root);
}

/** The nodes directly below a node, in the order of the text. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (const key of visitorKeys[node.type] ?? []) {
    const value = (node as unknown as Record<string, unknown>)[key];
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (isNode(child)) children.push(child);
    }
  }
  return children;
}

export function isFunction(node: Node | undefined): node is FunctionLike {
  switch (node?.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return node.body !== null;
    default:
      return false;
  }
}

/** Whether `test` holds for a node below `root`; functions inside are left out when `within` is `'function'`. */
export function contains(
  root: Node,
  test: (node: Node) => boolean,
  within: 'all' | 'function' = 'all',
): boolean {
  return childrenOf(root).some(
    (child) =>
      test(child) || (!(within === 'function' && isFunction(child)) && contains(child, test, within)),
  );
}

function isNode(value: unknown): value is Node {
  return (
    typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
  );
}
