/* eslint @typescript-eslint/switch-exhaustiveness-check: ["error", { "considerDefaultExhaustiveForUnions": true }] -- a syntax tree has some 170 kinds of node */
import type { ArrowFunctionExpression, Node } from 'oxc-parser';
import type { ParsedSource } from '../source/parse.ts';
import { walk } from '../source/walk.ts';
import type { Choice } from './choices.ts';

/** What a file chooses for its texts, the ends of its statements and the parameters of its arrows. */
export function nodeChoices(source: ParsedSource): Choice[] {
  const choices: Choice[] = [];
  walk(source.program, (node, ancestors) => {
    const parent = ancestors.at(-1) ?? null;
    const found =
      node.type === 'Literal'
        ? quotes(source, node)
        : node.type === 'ArrowFunctionExpression'
          ? arrow(source, node)
          : semicolon(source, node, parent);
    if (found !== null) choices.push(found);
  });
  return choices;
}

/** A text with a quote in it takes the other kind, whatever the rest does. */
function quotes({ text }: ParsedSource, { start, end }: Node): Choice | null {
  const quote = text.charAt(start);
  if (!/['"]/.test(quote) || /['"]/.test(text.slice(start + 1, end - 1))) return null;
  const taken = quote === "'" ? 'single quotes' : 'double quotes';
  return { rule: 'quotes', topic: 'quotes', taken, start, end };
}

function arrow({ code }: ParsedSource, node: ArrowFunctionExpression): Choice | null {
  const [parameter] = node.params;
  const isPlain =
    node.params.length === 1 &&
    parameter?.type === 'Identifier' &&
    !parameter.typeAnnotation &&
    node.returnType === null &&
    node.typeParameters === null;
  if (!isPlain) return null;
  const isWrapped = code
    .slice(node.start, parameter.start)
    .replace(/^async\b/, '')
    .includes('(');
  const taken = isWrapped ? '(x) => …' : 'x => …';
  const { start, end } = parameter;
  return { rule: 'arrow-parentheses', topic: 'the parameter of an arrow', taken, start, end };
}

/** A block of one line may do without the last one. One at the beginning of a line protects what follows it. */
function semicolon(source: ParsedSource, node: Node, parent: Node | null): Choice | null {
  if (!endsWithSemicolon(node, parent)) return null;
  const text = source.code.slice(node.start, node.end);
  const has = /[^\n\r;]\s*;$/.test(text) && !/[\n\r]\s*;$/.test(text);
  if (!has && /^[ \t]*\}/.test(source.code.slice(node.end))) return null;
  const taken = has ? 'a semicolon' : 'no semicolon';
  const start = Math.max(node.start, node.end - 1);
  return { rule: 'semicolons', topic: 'the end of a statement', taken, start, end: node.end };
}

function endsWithSemicolon(node: Node, parent: Node | null): boolean {
  switch (node.type) {
    case 'VariableDeclaration':
      return parent === null || !/^For/.test(parent.type);
    case 'ExpressionStatement':
    case 'ReturnStatement':
    case 'ThrowStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'TSTypeAliasDeclaration':
      return true;
    case 'ExportNamedDeclaration':
      return node.declaration === null;
    default:
      return false;
  }
}
