import type { Evidence, Statement } from '../../../model/evidence.ts';
import { duration } from '../clock.ts';
import { count } from '../count.ts';
import { evidenceTable } from '../evidence/evidence-table.ts';
import { type Html, html } from '../html.ts';
import { mostOf, ticksTo } from './axis.ts';
import { listed } from './listed.ts';
import { type Picture, WIDTH } from './picture.ts';
import { oneLine } from './one-line.ts';
import { group, label, path, rect, round } from './svg.ts';

type Statements = Extract<Evidence, { kind: 'statements' }>;

/** The statements of one request, one below the other, each where it began and as long as it took; twins are tied. */
export function queryWaterfall(own: readonly Statements[], both: readonly Statements[]): Picture {
  const { request, statements } = own[0] ?? { request: '', statements: [] };
  const drawn = statements.slice(0, MOST_ROWS);
  const left = statements.length - drawn.length;
  const ticks = ticksTo(mostOf(both.flatMap((one) => one.statements.map(endOf))), 4);
  const scale = (WIDTH - BARS - 46) / (ticks.at(-1) ?? 1);
  const letters = lettersOf(statements);
  const height = TOP + drawn.length * ROW + (left > 0 ? 24 : 6);
  const bottom = TOP + drawn.length * ROW;
  const groups = [...letters.values()].filter(({ rows }) => rows.length > 1);
  const again = groups.reduce((sum, { rows }) => sum + rows.length - 1, 0);
  return {
    width: WIDTH,
    height,
    body: html`${ticks.map(
      (tick) =>
        html`${path(`M${round(BARS + tick * scale)} ${TOP - 6}V${bottom}`, 'x-grid')}${label(BARS + tick * scale, TOP - 12, `${tick} ms`, { anchor: 'middle', role: 'x-muted' })}`,
    )}
    ${label(NAMES, TOP - 12, request, { font: 'code', role: 'x-strong', width: BARS - NAMES - 30 })}
    ${groups.slice(0, MOST_TIES).map(({ rows }, index) =>
      tie(
        rows.filter((row) => row < drawn.length),
        index,
      ),
    )}
    ${drawn.map((statement, index) => row(statement, index, letters.get(oneLine(statement.sql)), scale))}
    ${left > 0 && label(NAMES, height - 6, `and ${count(left, 'more statement')}`, { role: 'x-muted' })}`,
    title: `Every statement that ${request} sends, in time`,
    figure: `${count(statements.length, 'statement')}, ${count(again, 'repeat')}`,
    says: `${request} sends ${count(statements.length, 'statement')} in ${duration(mostOf(statements.map(endOf)))}. ${
      groups.length === 0
        ? 'None is sent twice.'
        : `Sent again: ${listed(groups.map(({ letter, rows }) => `${letter}, ${rows.length} times`))}.`
    }`,
    table: table(own, letters),
  };
}

interface Group {
  readonly letter: string;
  readonly rows: number[];
}

/** Statements of one text have one letter, whatever their parameters are. */
function lettersOf(statements: readonly Statement[]): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const [index, { sql }] of statements.entries()) {
    const text = oneLine(sql);
    const known = groups.get(text) ?? { letter: letterOf(groups.size), rows: [] };
    known.rows.push(index);
    groups.set(text, known);
  }
  return groups;
}

/** A to Z, then A2 to Z2. */
function letterOf(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : `${letter}${Math.floor(index / 26) + 1}`;
}

/** A line in the margin with a knot at each twin; each group has a place of its own. */
function tie(rows: readonly number[], index: number): Html | null {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined || first === last) return null;
  const x = TIES - index * 9;
  return group(
    'twins',
    html`${path(`M${x} ${middleOf(first)}V${middleOf(last)}`, 'x-tie')}
    ${rows.map((row) => html`<circle cx="${x}" cy="${middleOf(row)}" r="2.6" class="x-knot" />`)}`,
  );
}

function row(statement: Statement, index: number, known: Group | undefined, scale: number): Html {
  const y = TOP + index * ROW;
  const [text, twins] = [oneLine(statement.sql), known?.rows.length ?? 1];
  const isAgain = twins > 1 && known?.rows[0] !== index;
  const from = BARS + statement.startedAt * scale;
  const width = Math.max(3, statement.milliseconds * scale);
  const tip = `${index + 1}. ${text} (${count(statement.rows, 'row')}, ${duration(statement.milliseconds)})`;
  const role = statement.error !== null ? 'x-warn-fill' : isAgain ? 'x-fail-fill' : 'x-bar';
  return group(
    'statement',
    html`${label(LETTERS, y + 13, known?.letter ?? '', { font: 'code', role: isAgain ? 'x-fail x-strong' : 'x-strong' })}
    ${label(NAMES, y + 13, briefly(text), { font: 'code', width: BARS - NAMES - 14, ...(isAgain ? { role: 'x-muted' } : {}) })}
    ${rect({ x: from, y: y + 3, width, height: ROW - 7 }, role, { tip, round: 1.5 })}
    ${statement.error !== null && label(from + width + 5, y + 13, `error ${statement.error.code}`, { role: 'x-warn x-on-line', width: 90 })}`,
  );
}

/** What a statement is about: its verb and the tables that it names. */
function briefly(sql: string): string {
  const verb = /^\w+/.exec(sql)?.[0].toUpperCase() ?? '';
  const tables = [...sql.matchAll(/\b(?:FROM|JOIN|INTO|UPDATE)\s+([\w."]+)/gi)].map(
    (match) => match[1] ?? '',
  );
  const named = [...new Set(tables)];
  return named.length === 0 ? sql : `${verb} ${named.join(', ')}`;
}

function table(own: readonly Statements[], letters: ReadonlyMap<string, Group>): Html {
  const columns = [
    { name: 'No.', numeric: true },
    { name: 'Twins' },
    { name: 'Began', numeric: true },
    { name: 'Took', numeric: true },
    { name: 'Rows', numeric: true },
    { name: 'Statement' },
  ] as const;
  return html`${own.slice(0, 1).map(({ request, statements }) =>
    evidenceTable(
      `Statements of ${request}`,
      columns,
      statements.map((one, index) => [
        index + 1,
        letters.get(oneLine(one.sql))?.letter ?? '',
        `${one.startedAt} ms`,
        `${one.milliseconds} ms`,
        one.rows,
        html`<code>${oneLine(one.sql).slice(0, LONGEST_SQL)}</code
          >${one.error !== null && ` (error ${one.error.code})`}`,
      ]),
      Infinity,
    ),
  )}`;
}

const endOf = ({ startedAt, milliseconds }: Statement) => startedAt + milliseconds;
const middleOf = (row: number) => round(TOP + row * ROW + ROW / 2);

const TOP = 34;
const ROW = 18;
const TIES = 48;
const LETTERS = 60;
const NAMES = 84;
const BARS = 316;
const MOST_ROWS = 80;
const MOST_TIES = 5;
const LONGEST_SQL = 240;
