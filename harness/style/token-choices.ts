/* eslint @typescript-eslint/switch-exhaustiveness-check: ["error", { "considerDefaultExhaustiveForUnions": true }] -- a syntax tree has some 170 kinds of node */
import type { Node } from 'oxc-parser';
import type { ParsedSource } from '../source/parse.ts';
import type { Choice } from './choices.ts';
import { beginsLine, opensBlock } from './spacing.ts';
import type { Token } from './tokens.ts';

/** What a file chooses at its brackets, braces and colons. A bracket that stands at the end of a line chooses nothing. */
export function tokenChoices(source: ParsedSource, tokens: readonly Token[]): Choice[] {
  return tokens.flatMap((token) => [
    ...inside(source, token),
    ...bracePlace(source, token),
    ...beforeColon(token),
    ...beforeParenthesis(token),
    ...chainedKeyword(source, token),
  ]);
}

function inside(source: ParsedSource, token: Token): Choice[] {
  const { text, start, before, after } = token;
  const isOpening = '([{'.includes(text);
  if (!isOpening && (!')]}'.includes(text) || beginsLine(source, start))) return [];
  const next = isOpening ? after : before;
  if (next === '' || /[\n\r]/.test(next) || '()[]{}'.includes(next)) return [];
  const topic = topicOf(token);
  const taken = /[ \t]/.test(next) ? 'spaced' : 'tight';
  return topic === null
    ? []
    : [{ ...place(token), rule: 'bracket-spacing', topic, taken: `${taken} ${topic}` }];
}

function topicOf(token: Token): string | null {
  if ('()'.includes(token.text)) return 'parentheses';
  if ('[]'.includes(token.text)) return 'square brackets';
  if (opensBlock(token)) return 'blocks';
  switch (token.node.type) {
    case 'ObjectExpression':
    case 'ObjectPattern':
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'TSTypeLiteral':
      return 'braces';
    default:
      return null;
  }
}

/** Functions may choose otherwise than the rest, as in the books on C. */
function bracePlace(source: ParsedSource, token: Token): Choice[] {
  const { text, node, parent, start } = token;
  if (text !== '{' || node.type !== 'BlockStatement' || parent === null || isStatementList(parent)) return [];
  const onOwnLine = beginsLine(source, start);
  const topic = ofFunction(parent) ? 'the brace of a function' : 'the brace of an if or a loop';
  const taken = onOwnLine ? 'a brace on a line of its own' : 'a brace at the end of the line';
  return [{ ...place(token), rule: 'brace-place', topic, taken }];
}

function beforeColon(token: Token): Choice[] {
  const { text, node, before } = token;
  if (text !== ':' || !(node.type === 'TSTypeAnnotation' || node.type === 'Property')) return [];
  if (/[\n\r]/.test(before)) return [];
  const taken = /[ \t]/.test(before) ? 'a space before the colon' : 'no space before the colon';
  const topic = node.type === 'Property' ? 'the colon of a property' : 'the colon of a type';
  return [{ ...place(token), rule: 'colon-spacing', topic, taken }];
}

function beforeParenthesis(token: Token): Choice[] {
  const { text, node, before } = token;
  const names =
    node.type === 'FunctionDeclaration'
      ? 'the parenthesis of a function'
      : node.type === 'CallExpression' && token.start >= node.callee.end
        ? 'the parenthesis of a call'
        : null;
  if (text !== '(' || names === null || (!/[ \t]/.test(before) && !/[\w$>]/.test(before))) return [];
  const taken = /[ \t]/.test(before) ? 'a space before (' : 'no space before (';
  return [{ ...place(token), rule: 'function-spacing', topic: names, taken }];
}

function chainedKeyword(source: ParsedSource, token: Token): Choice[] {
  const { text, node, start } = token;
  if (!CHAINED.has(text)) return [];
  if (node.type === 'IfStatement' && node.consequent.type !== 'BlockStatement') return [];
  const before = source.code.slice(0, start).trimEnd();
  if (!before.endsWith('}') || source.text.slice(before.length, start).trim() !== '') return [];
  const taken = before.length < source.startOf(source.lineOf(start)) ? 'on a new line' : 'beside the brace';
  return [
    {
      ...place(token),
      rule: 'brace-place',
      topic: 'else, catch and finally',
      taken: `else, catch or finally ${taken}`,
    },
  ];
}

function ofFunction({ type }: Node): boolean {
  return (
    type === 'FunctionDeclaration' || type === 'FunctionExpression' || type === 'ArrowFunctionExpression'
  );
}

function isStatementList({ type }: Node): boolean {
  return type === 'BlockStatement' || type === 'Program' || type === 'SwitchCase' || type === 'StaticBlock';
}

const place = ({ start, end }: Token) => ({ start, end });
const CHAINED = new Set(['else', 'catch', 'finally']);
