import type { Evidence } from '../../../model/evidence.ts';
import { count } from '../count.ts';
import { type Html, html } from '../html.ts';
import type { Point } from './graph-layout.ts';
import { group, label, path, rect } from './svg.ts';
import { textWidth } from './text-width.ts';

type Table = Extract<Evidence, { kind: 'schema' }>['tables'][number];
type Column = Table['columns'][number];

export function tableSize(table: Table): { readonly width: number; readonly height: number } {
  const columns = drawnColumns(table);
  const widths = [
    textWidth(table.name, 'code') + textWidth(rowsOf(table), 'prose') + 32,
    ...columns.map(
      (column) => KEYS + textWidth(column.name, 'code') + textWidth(typeOf(column), 'code') + 18,
    ),
    ...columns.map(({ suspicion }) =>
      suspicion === undefined ? 0 : Math.min(LONGEST, textWidth(suspicion, 'prose') + KEYS + 20),
    ),
  ];
  const left = table.columns.length - columns.length;
  const heights = columns.reduce((sum, column) => sum + heightOf(column), HEADER + 6 + (left > 0 ? ROW : 0));
  return { width: Math.min(LONGEST, Math.max(SHORTEST, ...widths)), height: heights };
}

/** A table as its name and a row for each column: key, name, type, and under a suspect one why it is. */
export function tableBox(table: Table, { x, y }: Point): Html {
  const { width, height } = tableSize(table);
  const columns = drawnColumns(table);
  const left = table.columns.length - columns.length;
  const rows = textWidth(rowsOf(table), 'prose');
  let at = y + HEADER;
  const drawn = columns.map((column) => {
    const row = columnRow(column, { x, y: at, width });
    at += heightOf(column);
    return row;
  });
  return group(
    'table',
    html`${rect({ x, y, width, height }, 'x-box', { round: 5 })}
    ${path(`M${x} ${y + HEADER - 2}h${width}`, 'x-edge')}
    ${label(x + 10, y + 17, table.name, { font: 'code', role: 'x-strong', width: width - rows - 30 })}
    ${label(x + width - 10, y + 17, rowsOf(table), { role: 'x-muted', anchor: 'end' })} ${drawn}
    ${left > 0 && label(x + KEYS + 8, at + 14, `and ${count(left, 'more column')}`, { role: 'x-muted' })}`,
  );
}

function columnRow(column: Column, { x, y, width }: Point & { readonly width: number }): Html {
  const suspect = column.suspicion !== undefined;
  const type = typeOf(column);
  const room = Math.min(textWidth(type, 'code'), width * 0.5);
  return html`${
    suspect && rect({ x: x + 1, y: y + 1, width: width - 2, height: heightOf(column) - 2 }, 'x-warn-bg')
  }
  ${column.key !== 'none' && label(x + 8, y + 14, KEY_WORDS[column.key], { font: 'code', role: 'x-key' })}
  ${suspect && path(`M${x + 15} ${y + 3}l7 12h-14zm0 4.5v3.5m0 1.7v.6`, 'x-warn-sign')}
  ${label(x + KEYS + 6, y + 14, column.name, {
    font: 'code',
    width: width - KEYS - room - 18,
    ...(suspect ? { role: 'x-strong' } : {}),
  })}
  ${label(x + width - 10, y + 14, type, { font: 'code', role: 'x-muted', anchor: 'end', width: room })}
  ${
    column.suspicion !== undefined &&
    label(x + KEYS + 6, y + 29, column.suspicion, { role: 'x-warn', width: width - KEYS - 14 })
  }`;
}

const drawnColumns = ({ columns }: Table) => columns.slice(0, MOST_COLUMNS);
const heightOf = ({ suspicion }: Column) => (suspicion === undefined ? ROW : ROW + 16);
const rowsOf = ({ rows }: Table) => count(rows, 'row');

/** As people write them; a question mark for what may be null. */
function typeOf({ type, nullable }: Column): string {
  const short = type
    .replace('timestamp with time zone', 'timestamptz')
    .replace('timestamp without time zone', 'timestamp')
    .replace('character varying', 'varchar');
  return `${short}${nullable ? '?' : ''}`;
}

const KEY_WORDS = { primary: 'PK', foreign: 'FK' } as const;
const HEADER = 27;
const ROW = 20;
const KEYS = 22;
const SHORTEST = 120;
const LONGEST = 320;
const MOST_COLUMNS = 16;
