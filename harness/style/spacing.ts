/* eslint @typescript-eslint/switch-exhaustiveness-check: ["error", { "considerDefaultExhaustiveForUnions": true }] -- a syntax tree has some 170 kinds of node */
import type { ParsedSource } from '../source/parse.ts';
import type { StyleFault, StyleRule } from './fault.ts';
import type { Token } from './tokens.ts';

/** Spaces that every formatter sets: around operators, after commas and colons, between keywords and what follows. */
export function spacingFaults(source: ParsedSource, tokens: readonly Token[]): StyleFault[] {
  return tokens.flatMap((token): StyleFault[] => {
    const found = faultOf(source, token);
    return found === null ? [] : [{ start: token.start, end: token.end, rule: found[0], label: found[1] }];
  });
}

function faultOf(source: ParsedSource, token: Token): readonly [StyleRule, string] | null {
  const { text, before, after } = token;
  if (text === ',') {
    if (!isSpace(after) && !/[\])}>,]/.test(after)) return ['comma-spacing', 'no space after the comma'];
    return isBlank(before) && !beginsLine(source, token.start) && !afterHole(source, token.start)
      ? ['comma-spacing', 'a space before the comma']
      : null;
  }
  if (text === ';')
    return token.node.type === 'ForStatement' && !isSpace(after) && !/[;)]/.test(after)
      ? ['comma-spacing', 'no space after the semicolon']
      : null;
  if (text === ':' && standsAfterName(token))
    return isSpace(after) ? null : ['colon-spacing', 'no space after the colon'];
  if (standsBetween(token))
    return isSpace(before) && isSpace(after) ? null : ['operator-spacing', `no space around ${text}`];
  if (KEYWORDS.has(text)) return keywordFault(token);
  if (text === '{' && opensBlock(token) && before !== '' && !isSpace(before) && !/[({[]/.test(before))
    return ['block-spacing', 'no space before {'];
  return null;
}

function keywordFault({ text, before, after, node }: Token): readonly [StyleRule, string] | null {
  if (node.type === 'ImportExpression' || node.type === 'MetaProperty') return null;
  if (/[({[`'"!\-+*]/.test(after)) return ['keyword-spacing', `no space after ${text}`];
  return /[)}'"\]]/.test(before) ? ['keyword-spacing', `no space before ${text}`] : null;
}

/** A colon after what is declared, as against one of a `?:`, which stands between. */
function standsAfterName({ node }: Token): boolean {
  switch (node.type) {
    case 'TSTypeAnnotation':
    case 'Property':
    case 'TSIndexSignature':
    case 'TSNamedTupleMember':
      return true;
    default:
      return false;
  }
}

function standsBetween({ text, node }: Token): boolean {
  if (text === '=>') return true;
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression':
    case 'AssignmentExpression':
      return text === node.operator;
    case 'ConditionalExpression':
    case 'TSConditionalType':
      return text === '?' || text === ':';
    case 'VariableDeclarator':
    case 'AssignmentPattern':
    case 'PropertyDefinition':
    case 'AccessorProperty':
    case 'TSTypeAliasDeclaration':
    case 'TSEnumMember':
    case 'TSTypeParameter':
    case 'TSImportEqualsDeclaration':
      return text === '=';
    case 'TSUnionType':
      return text === '|';
    case 'TSIntersectionType':
      return text === '&';
    default:
      return false;
  }
}

export function opensBlock({ node }: Token): boolean {
  switch (node.type) {
    case 'BlockStatement':
    case 'ClassBody':
    case 'StaticBlock':
    case 'SwitchStatement':
    case 'TSInterfaceBody':
    case 'TSEnumBody':
    case 'TSModuleBlock':
      return true;
    default:
      return false;
  }
}

/** `[, , third]` */
function afterHole(source: ParsedSource, start: number): boolean {
  return /[[,]\s*$/.test(source.code.slice(Math.max(0, start - 4), start));
}

/** Only white space before it on its line: comma first. */
export function beginsLine(source: ParsedSource, start: number): boolean {
  return source.code.slice(source.startOf(source.lineOf(start)), start).trim() === '';
}

const isSpace = (character: string) => /^\s$/.test(character);
const isBlank = (character: string) => character === ' ' || character === '\t';

const KEYWORDS = new Set(
  'if else for while do switch case try catch finally return throw import export from await typeof with of in instanceof extends implements as satisfies'.split(
    ' ',
  ),
);
