/* eslint @typescript-eslint/switch-exhaustiveness-check: ["error", { "considerDefaultExhaustiveForUnions": true }] -- a syntax tree has some 170 kinds of node */
import { builtinModules } from 'node:module';
import type { Node } from 'oxc-parser';
import type { ParsedSource } from '../source/parse.ts';
import { walk } from '../source/walk.ts';

/** One place where a file asks for a package. */
export interface PackageImport {
  /** `pg`, `@scope/name`; never a path, a module of Node or a name of `package.json`'s own `imports`. */
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** `type` is gone when the program runs; `idle` binds names that nothing reads, or asks and drops the answer. */
  readonly how: 'value' | 'type' | 'idle';
}

/** All places of a file that ask for packages, read from its syntax tree: not from its text. */
export function packageImports(source: ParsedSource): PackageImport[] {
  const found: PackageImport[] = [];
  const reads = readNames(source);
  const loaders = madeRequires(source);
  const add = (specifier: string | null, how: PackageImport['how'], node: Node) => {
    const name = specifier === null ? null : packageOf(specifier);
    if (name !== null) found.push({ name, file: source.file, line: source.lineOf(node.start), how });
  };
  walk(source.program, (node, ancestors) => {
    switch (node.type) {
      case 'ImportDeclaration':
        return add(node.source.value, howDeclared(node, reads), node);
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
        return add(node.source?.value ?? null, node.exportKind === 'type' ? 'type' : 'value', node);
      case 'ImportExpression':
        return add(constantText(node.source), isDropped(ancestors) ? 'idle' : 'value', node);
      case 'TSImportType':
        return add(node.source.value, 'type', node);
      case 'TSExternalModuleReference':
        return add(constantText(node.expression), 'value', node);
      case 'CallExpression':
        if (asksForModule(node.callee, loaders))
          return add(constantText(node.arguments[0]), isDropped(ancestors) ? 'idle' : 'value', node);
        return;
      default:
        return;
    }
  });
  for (const comment of source.comments) {
    const [, types] = /^\/\s*<reference\s+types=["']([^"']+)["']/.exec(comment.value) ?? [];
    if (types !== undefined)
      found.push({ name: types, file: source.file, line: source.lineOf(comment.start), how: 'type' });
  }
  return found;
}

/** `@scope/name/inner/file.js` is in the package `@scope/name`; `null` for what is in none. */
export function packageOf(specifier: string): string | null {
  if (/^[./#]|^[a-z]+:/i.test(specifier)) return null;
  const name = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1);
  const isNode = builtinModules.includes(name.join('/'));
  return isNode || !PACKAGE_NAME.test(name.join('/')) ? null : name.join('/');
}

function howDeclared(
  node: Extract<Node, { type: 'ImportDeclaration' }>,
  reads: ReadonlySet<string>,
): PackageImport['how'] {
  if (node.specifiers.length === 0) return 'value';
  if (!node.specifiers.some((one) => reads.has(one.local.name))) return 'idle';
  const isType = (one: (typeof node.specifiers)[number]) =>
    one.type === 'ImportSpecifier' && one.importKind === 'type';
  return node.importKind === 'type' || node.specifiers.every(isType) ? 'type' : 'value';
}

/** Names that the file does something with; `void name` and a name alone on its line are nothing. */
function readNames(source: ParsedSource): ReadonlySet<string> {
  const names = new Set<string>();
  walk(source.program, (node, ancestors) => {
    if (node.type === 'ImportDeclaration') return 'skip';
    const isName = node.type === 'Identifier' || node.type === 'JSXIdentifier';
    if (isName && !isOnlyAName(node, ancestors) && !isDropped(ancestors)) names.add(node.name);
    return;
  });
  return names;
}

/** `pg` in `options.pg` and `{ pg: 1 }` has nothing to do with an imported `pg`. */
function isOnlyAName(node: Node, ancestors: readonly Node[]): boolean {
  const parent = ancestors.at(-1);
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.property === node && !parent.computed;
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return parent.key === node && !parent.computed && !('shorthand' in parent && parent.shorthand);
    case 'TSPropertySignature':
      return parent.key === node;
    default:
      return false;
  }
}

/** What stands on its own as a statement, or behind `void` or `typeof`, is looked at by nobody. */
function isDropped(ancestors: readonly Node[]): boolean {
  const parent = ancestors.findLast((one) => one.type !== 'AwaitExpression');
  switch (parent?.type) {
    case 'ExpressionStatement':
      return true;
    case 'UnaryExpression':
      return parent.operator === 'void' || parent.operator === 'typeof';
    default:
      return false;
  }
}

/** `require('pg')`, `require.resolve('pg')`, `import.meta.resolve('pg')`, and a `require` by any name that was made. */
function asksForModule(callee: Node, loaders: ReadonlySet<string>): boolean {
  const isLoader = (node: Node) =>
    isMadeRequire(node) ||
    (node.type === 'Identifier' && (/^require/i.test(node.name) || loaders.has(node.name)));
  if (isLoader(callee)) return true;
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return false;
  const asks = callee.property.name === 'resolve' || callee.property.name === 'require';
  const { object } = callee;
  const isModule = object.type === 'Identifier' && /^module/i.test(object.name);
  return asks && (object.type === 'MetaProperty' || isLoader(object) || isModule);
}

/** Names that hold what `createRequire` answered. */
function madeRequires(source: ParsedSource): ReadonlySet<string> {
  const names = new Set<string>();
  walk(source.program, (node) => {
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init !== null) {
      if (isMadeRequire(node.init)) names.add(node.id.name);
    }
  });
  return names;
}

/** `createRequire(import.meta.url)`, `module.createRequire(…)` */
function isMadeRequire(node: Node): boolean {
  if (node.type !== 'CallExpression') return false;
  const { callee } = node;
  const name = callee.type === 'MemberExpression' ? callee.property : callee;
  return name.type === 'Identifier' && name.name === 'createRequire';
}

function constantText(node: Node | undefined): string | null {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type !== 'TemplateLiteral' || node.expressions.length > 0) return null;
  return node.quasis[0]?.value.cooked ?? null;
}

const PACKAGE_NAME = /^(?:@[\w.~-]+\/)?[\w~-][\w.~-]*$/;
