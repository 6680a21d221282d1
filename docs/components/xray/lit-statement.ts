import type { Evidence, Statement } from '../../../model/evidence.ts';
import { count } from '../count.ts';
import { statements as asTable } from '../evidence/statements.ts';
import { type Html, html } from '../html.ts';
import { litLine, litLines } from './lit-text.ts';
import { oneLine } from './one-line.ts';
import { type Picture, WIDTH } from './picture.ts';
import { group, label, path, rect } from './svg.ts';
import { CODE } from './text-width.ts';
import { treeColumns } from './tree-columns.ts';
import { treeDifference } from './tree-difference.ts';

type Statements = Extract<Evidence, { kind: 'statements' }>;

/** The statement that the input came with, the input lit, and how PostgreSQL reads it beside a harmless twin. */
export function litStatement(own: readonly Statements[]): Picture {
  const evidence = own[0];
  const index = carrierOf(evidence);
  const statement = evidence?.statements[index];
  if (evidence === undefined || statement === undefined) return nothing(own);
  const marks = evidence.marks.filter((mark) => mark.statement === index);
  const inText = marks.filter(({ parameter }) => parameter === undefined);
  const tree = evidence.trees?.find((one) => one.statement === index);
  const rows = tree === undefined ? [] : treeDifference(tree.tree, tree.twin);
  const differs = rows.some(({ kind }) => kind === 'own' || kind === 'twin');

  let y = 0;
  const parts: Html[] = [];
  const put = (height: number, part: Html) => {
    parts.push(html`<g transform="translate(0 ${y})">${part}</g>`);
    y += height;
  };
  const title = `What reached PostgreSQL for ${evidence.request}`;
  put(24, label(0, 14, title, { role: 'x-strong', width: WIDTH }));
  const text = textBox(statement, inText);
  put(text.height + 8, text.body);
  const values = valueLines(statement, marks);
  put(values.height + 20, values.body);
  const input =
    inText.length > 0 ? (differs ? READ_AS_SQL : STAYS_TEXT) : marks.length > 0 ? STAYS_VALUE : NOT_SEEN;
  put(
    30,
    html`${path(differs ? CROSS : TICK, differs ? 'x-fail-sign' : 'x-pass-sign')}${label(22, 13, input, { role: differs ? 'x-fail x-strong' : 'x-pass x-strong' })}`,
  );
  const trees = treeColumns(rows);
  if (rows.length > 0) put(trees.height, trees.body);
  return {
    width: WIDTH,
    height: y + 4,
    body: html`${parts}`,
    title,
    figure: differs ? 'The input becomes part of the SQL' : 'The input changes nothing in the SQL',
    says: `${input} The statement: ${oneLine(statement.sql).slice(0, 300)}. ${
      rows.length === 0
        ? ''
        : differs
          ? `Read beside a harmless twin, the tree has ${count(rows.filter(({ kind }) => kind === 'own').length, 'node')} that the twin's has not.`
          : 'Read beside a harmless twin, the tree is the same.'
    }`.trim(),
    table: asTable(evidence),
  };
}

/** The one with trees, else the first with the input, else the last. */
function carrierOf(evidence: Statements | undefined): number {
  const marked = evidence?.trees?.[0]?.statement ?? evidence?.marks[0]?.statement;
  return marked ?? (evidence?.statements.length ?? 0) - 1;
}

function textBox({ sql }: Statement, marks: Statements['marks']) {
  const lines = litLines(sql, marks, COLUMNS).slice(0, MOST_LINES);
  const height = lines.length * LINE + 18;
  const body = html`${rect({ x: 0.5, y: 0.5, width: WIDTH - 1, height: height - 1 }, 'x-sheet', { round: 5 })}
  ${lines.map((pieces, index) => litLine(pieces, { x: 13, y: 23 + index * LINE }))}`;
  return { height, body: group('statement', body) };
}

/** What travels beside the statement, each value in its own box. */
function valueLines({ parameters }: Statement, marks: Statements['marks']) {
  const drawn = parameters.slice(0, MOST_VALUES);
  const lines = drawn.map((value, index) => {
    const own = marks.filter(({ parameter }) => parameter === index);
    const text = `'${(value ?? '').slice(0, VALUE_COLUMNS)}${(value ?? '').length > VALUE_COLUMNS ? '…' : ''}'`;
    const lit = own.map(({ start, end }) => ({ start: start + 1, end: end + 1 }));
    const [pieces = []] = litLines(value === null ? 'NULL' : text, lit, COLUMNS);
    const y = 15 + index * (LINE + 4);
    return html`${label(13, y, `$${index + 1}`, { font: 'code', role: 'x-strong' })}${label(38, y, '=', { role: 'x-muted' })}${litLine(pieces, { x: 54, y })}`;
  });
  const left = parameters.length - drawn.length;
  const height = lines.length === 0 ? 22 : lines.length * (LINE + 4) + (left > 0 ? LINE : 0);
  const body =
    lines.length === 0
      ? label(13, 15, 'No value travels beside it.', { role: 'x-muted' })
      : html`${lines}
        ${left > 0 && label(13, height - 4, `and ${count(left, 'more value')}`, { role: 'x-muted' })}`;
  return { height, body: group('values', body) };
}

function nothing(own: readonly Statements[]): Picture {
  return {
    width: WIDTH,
    height: 30,
    body: label(0, 18, NO_STATEMENT, { role: 'x-muted' }),
    title: 'What reached PostgreSQL',
    figure: 'No statement',
    says: NO_STATEMENT,
    table: html`${own.slice(0, 1).map(asTable)}`,
  };
}

const NO_STATEMENT = 'The request sent no statement to PostgreSQL.';
const READ_AS_SQL = 'PostgreSQL reads the input as SQL: the statement is another one.';
const STAYS_TEXT = 'The input stands in the text, and PostgreSQL reads it as a constant.';
const STAYS_VALUE = 'The input travels beside the statement, as a value.';
const NOT_SEEN = 'The input reached PostgreSQL neither in the text nor as a value.';
const TICK = 'M3 9.5 7 13.5 15 4.5';
const CROSS = 'm4 4 10 10m0-10-10 10';
const COLUMNS = Math.floor((WIDTH - 26) / CODE);
const VALUE_COLUMNS = COLUMNS - 12;
const LINE = 20;
const MOST_LINES = 14;
const MOST_VALUES = 10;
