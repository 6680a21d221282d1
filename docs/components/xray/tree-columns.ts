import { count } from '../count.ts';
import { type Html, html } from '../html.ts';
import { WIDTH } from './picture.ts';
import { group, label, path, rect } from './svg.ts';
import type { TreeRow } from './tree-difference.ts';

/** The tree and its twin's, row beside row; what only one has is marked with a sign and a colour. */
export function treeColumns(all: readonly TreeRow[]): { readonly height: number; readonly body: Html } {
  const rows = all.slice(0, MOST_ROWS);
  const left = all.length - rows.length;
  const places = placesOf(rows);
  const height = HEAD + places.rows * ROW + (left > 0 ? ROW : 0) + 4;
  const body = html`${label(0, 13, 'As PostgreSQL reads it', { role: 'x-strong' })}
  ${label(HALF, 13, 'With harmless input in its place', { role: 'x-strong' })}
  ${path(`M${HALF - 14} 0V${height - 4}`, 'x-grid')}
  ${places.placed.map(({ row, at }) => {
    const y = HEAD + at * ROW;
    return html`${cell(row, 'own', y)}${cell(row, 'twin', y)}`;
  })}
  ${left > 0 && label(0, height - 6, `and ${count(left, 'more line')}`, { role: 'x-muted' })}`;
  return { height, body: group('trees', body) };
}

/** What only one has stands beside what only the other has; what both have stands level. */
function placesOf(rows: readonly TreeRow[]) {
  let [own, twin] = [0, 0];
  const placed = rows.map((row) => {
    if (row.kind === 'own') return { row, at: own++ };
    if (row.kind === 'twin' || row.kind === 'twin-folded') return { row, at: twin++ };
    const at = Math.max(own, twin);
    own = twin = at + 1;
    return { row, at };
  });
  return { placed, rows: Math.max(own, twin) };
}

function cell(row: TreeRow, side: 'own' | 'twin', y: number): Html | null | false {
  const x = side === 'own' ? 0 : HALF;
  const inset = x + 18 + Math.min(row.depth, DEEPEST) * INDENT;
  const room = x + HALF - 24 - inset;
  switch (row.kind) {
    case 'folded':
      return label(inset, y + 13, `and ${row.lines} more of the kind`, { role: 'x-muted', width: room });
    case 'twin-folded':
      return (
        side === 'twin' &&
        label(inset, y + 13, `and ${row.lines} more lines`, { role: 'x-muted', width: room })
      );
    case 'same':
      return html`${twig(x, row.depth, y)}${label(inset, y + 13, side === 'own' ? row.text : row.twin, { font: 'code', width: room })}`;
    case 'own':
    case 'twin':
      if (row.kind !== side) return null;
      return html`${rect({ x: x + 1, y: y + 1, width: HALF - 26, height: ROW - 1 }, side === 'own' ? 'x-fail-bg' : 'x-band')}
      ${path(side === 'own' ? `M${x + 5} ${y + 9.5}h8m-4-4v8` : `M${x + 5} ${y + 9.5}h8`, side === 'own' ? 'x-fail-sign' : 'x-muted-sign')}
      ${twig(x, row.depth, y)}${label(inset, y + 13, row.text, { font: 'code', role: side === 'own' ? 'x-fail x-strong' : 'x-muted', width: room })}`;
    default:
      return row satisfies never;
  }
}

/** A short line from the level above. */
function twig(x: number, depth: number, y: number): Html | null {
  if (depth === 0 || depth > DEEPEST) return null;
  const at = x + 18 + (depth - 1) * INDENT + 3;
  return path(`M${at} ${y - 3}v12h6`, 'x-twig');
}

const HALF = WIDTH / 2 + 12;
const HEAD = 24;
const ROW = 19;
const INDENT = 12;
const DEEPEST = 12;
const MOST_ROWS = 60;
