/* eslint @typescript-eslint/switch-exhaustiveness-check: ["error", { "considerDefaultExhaustiveForUnions": true }] -- a syntax tree has some 170 kinds of node */
import type { Node } from 'oxc-parser';
import type { FunctionLike } from './walk.ts';

/** What a reader would call a function: its own name, that of what holds it, or whose callback it is. */
export function functionName(node: FunctionLike, ancestors: readonly Node[]): string {
  if (node.type !== 'ArrowFunctionExpression' && node.id !== null) return node.id.name;
  const around = ancestors.findLast((a) => !WRAPPERS.has(a.type));
  switch (around?.type) {
    case 'VariableDeclarator':
    case 'TSEnumMember':
      return nameOf(around.id);
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'Property':
      return nameOf(around.key);
    case 'AssignmentExpression':
      return nameOf(around.left);
    case 'CallExpression':
    case 'NewExpression':
      return `callback of ${nameOf(around.callee)}`;
    case 'ArrowFunctionExpression':
      return functionName(around as FunctionLike, ancestors.slice(0, ancestors.indexOf(around)));
    case 'ExportDefaultDeclaration':
      return 'default';
    case undefined:
    default:
      return 'anonymous';
  }
}

export function nameOf(node: Node): string {
  switch (node.type) {
    case 'Identifier':
    case 'PrivateIdentifier':
      return node.name;
    case 'MemberExpression':
      return nameOf(node.property);
    case 'Literal':
      return String(node.value);
    default:
      return 'anonymous';
  }
}

const WRAPPERS = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'AwaitExpression',
  'ReturnStatement',
  'BlockStatement',
]);
