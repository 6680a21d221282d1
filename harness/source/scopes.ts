/* eslint @typescript-eslint/switch-exhaustiveness-check: ["error", { "considerDefaultExhaustiveForUnions": true }] -- a syntax tree has some 170 kinds of node */
import type { Node, VariableDeclaration } from 'oxc-parser';
import { isFunction } from './walk.ts';

export type BindingKind =
  'variable' | 'parameter' | 'loop' | 'catch' | 'function' | 'class' | 'type' | 'import' | 'member' | 'key';

export interface BoundName {
  readonly name: Node;
  readonly kind: BindingKind;
  readonly given?: boolean;
  readonly constant?: boolean;
  readonly value?: Node | null;
  /** It is known outside of the node that introduces it, as a declared function is. */
  readonly outer?: true;
  readonly scope?: Node;
}

/** The names that this node itself introduces; those of nodes below it are theirs. */
export function boundNames(node: Node, ancestors: readonly Node[]): BoundName[] {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression': {
      const own = node.type !== 'ArrowFunctionExpression' && node.id !== null;
      const parameters = node.params.flatMap((parameter) => targets(parameter, 'parameter', { scope: node }));
      if (!own || node.id === null) return parameters;
      const itself = { name: node.id, kind: 'function', value: node } as const;
      return [node.type === 'FunctionDeclaration' ? { ...itself, outer: true } : itself, ...parameters];
    }
    case 'VariableDeclaration':
      return node.declarations.flatMap((declarator) =>
        targets(declarator.id, loopOf(node, ancestors) === null ? 'variable' : 'loop', {
          scope: variableScope(node, ancestors),
          constant: node.kind === 'const',
          value: declarator.init,
        }),
      );
    case 'CatchClause':
      return node.param === null ? [] : targets(node.param, 'catch', { scope: node });
    case 'ClassDeclaration':
    case 'ClassExpression':
      return node.id === null ? [] : [{ name: node.id, kind: 'class', value: node, outer: true }];
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSEnumDeclaration':
      return [{ name: node.id, kind: 'type', outer: true }];
    case 'TSTypeParameter':
      return [{ name: node.name, kind: 'type' }];
    case 'TSEnumMember':
      return [{ name: node.id, kind: 'member' }];
    case 'ImportSpecifier':
      return [{ name: node.local, kind: 'import', given: node.local.start === node.imported.start }];
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return [{ name: node.local, kind: 'import' }];
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'AccessorProperty':
    case 'TSPropertySignature':
    case 'TSMethodSignature':
      return node.computed
        ? []
        : [{ name: node.key, kind: 'member', value: 'value' in node ? node.value : null }];
    case 'Property': {
      const inPattern = ancestors.at(-1)?.type === 'ObjectPattern';
      if (inPattern || node.computed || node.shorthand) return [];
      return [{ name: node.key, kind: 'key', value: node.value }];
    }
    default:
      return [];
  }
}

/** The nearest node around in which a `let` is known. */
export function scopeOf(ancestors: readonly Node[]): Node {
  const scope = ancestors.findLast(isScope) ?? ancestors[0];
  if (scope === undefined) throw new Error('a program has no scope around it');
  return scope;
}

export function isScope(node: Node): boolean {
  switch (node.type) {
    case 'Program':
    case 'BlockStatement':
    case 'StaticBlock':
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'SwitchStatement':
    case 'CatchClause':
      return true;
    default:
      return isFunction(node);
  }
}

function loopOf(declaration: VariableDeclaration, ancestors: readonly Node[]): Node | null {
  const parent = ancestors.at(-1);
  switch (parent?.type) {
    case 'ForStatement':
      return parent.init === declaration ? parent : null;
    case 'ForInStatement':
    case 'ForOfStatement':
      return parent.left === declaration ? parent : null;
    default:
      return null;
  }
}

function variableScope(node: VariableDeclaration, ancestors: readonly Node[]): Node {
  if (node.kind !== 'var') return loopOf(node, ancestors) ?? scopeOf(ancestors);
  return ancestors.findLast((a) => isFunction(a) || a.type === 'Program') ?? scopeOf(ancestors);
}

/** The names in a pattern: `{ a, b: [c = 1], ...d }` introduces a (given by the object), c and d. */
function targets(
  pattern: Node | null,
  kind: BindingKind,
  rest: { scope: Node; constant?: boolean; value?: Node | null; given?: boolean },
): BoundName[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [{ name: pattern, kind, ...rest }];
    case 'AssignmentPattern':
      return targets(pattern.left, kind, rest);
    case 'RestElement':
      return targets(pattern.argument, kind, rest);
    case 'TSParameterProperty':
      return targets(pattern.parameter, kind, rest);
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => targets(element, kind, { ...rest, value: null }));
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        property.type === 'RestElement'
          ? targets(property.argument, kind, { ...rest, value: null })
          : targets(property.value, kind, { ...rest, value: null, given: property.shorthand }),
      );
    default:
      return [];
  }
}
