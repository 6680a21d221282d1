/* eslint @typescript-eslint/switch-exhaustiveness-check: ["error", { "considerDefaultExhaustiveForUnions": true }] -- a syntax tree has some 170 kinds of node */
import type { Node } from 'oxc-parser';
import type { ParsedSource } from '../source/parse.ts';
import { walk } from '../source/walk.ts';
import { type Choice, inconsistencies, mostFirst } from './choices.ts';
import type { StyleFault } from './fault.ts';

/**
 * Uneven indentation: what belongs to one block or one list begins in one column, each block is indented by the same
 * unit, and each statement has a line of its own. The text of templates is markup and free.
 */
export function indentationFaults(source: ParsedSource): StyleFault[] {
  const faults: StyleFault[] = [];
  const units: Choice[] = [];
  walk(source.program, (node) => {
    const items = itemsOf(node);
    faults.push(...unevenItems(source, node, items), ...crowded(source, node, items));
    const unit = unitOf(source, node, items);
    if (unit?.taken === FLAT) faults.push({ ...unit, label: 'no deeper than the block that it is in' });
    else if (unit !== null) units.push(unit);
  });
  return [...faults, ...inconsistencies(source, units)];
}

/** The leading white space of the line of an offset; `null` when something else stands before it. */
function leadOf(source: ParsedSource, offset: number): string | null {
  const lead = source.code.slice(source.startOf(source.lineOf(offset)), offset);
  return lead.trim() === '' ? lead : null;
}

function unevenItems(source: ParsedSource, node: Node, items: readonly Node[]): StyleFault[] {
  const leads = items.flatMap((item) => {
    const lead = leadOf(source, item.start);
    return lead === null ? [] : [{ item, lead }];
  });
  const expected = node.type === 'Program' ? '' : (mostFirst(leads, ({ lead }) => lead)[0]?.[0]?.lead ?? '');
  return leads
    .filter(({ lead }) => lead !== expected)
    .map(({ item, lead }) => ({
      rule: 'indentation',
      ...firstLine(source, item),
      label: `begins in column ${lead.length + 1}, its neighbours in column ${expected.length + 1}`,
    }));
}

function crowded(source: ParsedSource, node: Node, items: readonly Node[]): StyleFault[] {
  if (!isBody(node)) return [];
  const oneLine = source.lineOf(node.start) === source.lineOf(node.end);
  const beside = items.filter((item, i) => {
    const previous = items[i - 1];
    return previous !== undefined && lastLine(source, previous) === source.lineOf(item.start);
  });
  if (oneLine && items.length <= ONE_LINE_STATEMENTS && node.type !== 'Program') return [];
  return beside.map((item) => ({
    rule: 'statements-per-line',
    ...firstLine(source, item),
    label: 'a second statement on the line',
  }));
}

/** Without a semicolon at the beginning of the next line, which protects what follows it. */
function lastLine(source: ParsedSource, { start, end }: Node): number {
  return source.lineOf(start + source.code.slice(start, end).replace(/\s*;$/, '').length - 1);
}

/** How much deeper a block stands than the line that closes it. */
function unitOf(source: ParsedSource, node: Node, items: readonly Node[]): Choice | null {
  if (!isBody(node) || node.type === 'Program') return null;
  const lead = items.map((item) => leadOf(source, item.start)).find((found) => found !== null);
  const own = leadOf(source, node.end - 1);
  const [first] = items;
  if (lead === undefined || own === null || first === undefined) return null;
  const unit = lead.startsWith(own) ? lead.slice(own.length) : null;
  return {
    rule: 'indentation',
    topic: 'the depth of a block',
    taken: unit === null || unit === '' ? FLAT : inWords(unit),
    ...firstLine(source, first),
  };
}

function itemsOf(node: Node): readonly Node[] {
  switch (node.type) {
    case 'Program':
    case 'BlockStatement':
    case 'ClassBody':
    case 'StaticBlock':
    case 'TSInterfaceBody':
    case 'TSModuleBlock':
      return node.body;
    case 'SwitchStatement':
      return node.cases;
    case 'SwitchCase':
      return node.consequent;
    case 'ObjectExpression':
    case 'ObjectPattern':
      return node.properties;
    case 'ArrayExpression':
    case 'ArrayPattern':
      return node.elements.filter((element) => element !== null);
    case 'CallExpression':
    case 'NewExpression':
      return node.arguments;
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return node.params;
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
      return node.specifiers;
    case 'TSTypeLiteral':
    case 'TSEnumBody':
      return node.members;
    default:
      return [];
  }
}

function isBody({ type }: Node): boolean {
  return (
    type === 'Program' || type === 'BlockStatement' || type === 'ClassBody' || type === 'TSInterfaceBody'
  );
}

function firstLine(source: ParsedSource, { start, end }: Node) {
  return { start, end: Math.min(end, source.startOf(source.lineOf(start) + 1) - 1) };
}

function inWords(unit: string): string {
  if (/^\t+$/.test(unit)) return unit.length === 1 ? 'a tab' : `${unit.length} tabs`;
  return /^ +$/.test(unit) ? `${unit.length} spaces` : 'tabs and spaces mixed';
}

const ONE_LINE_STATEMENTS = 2;
const FLAT = 'no indentation';
