import type { Row } from './rows.ts';

/** Rows that are shown together. Alike ones are folded, unless so few that folding saves nothing. */
export interface Block {
  readonly folded: boolean;
  readonly rows: readonly Row[];
}

/** Differences with a few lines around them, and what lies in between folded away. */
export function blocksOf(rows: readonly Row[]): readonly Block[] {
  const isNear = nearDifference(rows);
  const blocks: { folded: boolean; rows: Row[] }[] = [];
  for (const [index, row] of rows.entries()) {
    const folded = isNear[index] !== true;
    const last = blocks.at(-1);
    if (last !== undefined && last.folded === folded) last.rows.push(row);
    else blocks.push({ folded, rows: [row] });
  }
  return joined(blocks).flatMap(({ folded, rows: all }) =>
    slices(all).map((part) => ({ folded, rows: part })),
  );
}

function nearDifference(rows: readonly Row[]): boolean[] {
  const near = rows.map(() => false);
  for (const [index, { mine, theirs }] of rows.entries()) {
    if (mine?.differs !== true && theirs?.differs !== true) continue;
    const last = Math.min(rows.length - 1, index + CONTEXT);
    for (let at = Math.max(0, index - CONTEXT); at <= last; at += 1) near[at] = true;
  }
  return near;
}

function joined(blocks: readonly Block[]): readonly Block[] {
  const kept: { folded: boolean; rows: Row[] }[] = [];
  for (const { folded, rows } of blocks) {
    const hides = folded && rows.length >= WORTH_FOLDING;
    const last = kept.at(-1);
    if (last !== undefined && !last.folded && !hides) last.rows.push(...rows);
    else kept.push({ folded: hides, rows: [...rows] });
  }
  return kept;
}

function slices(rows: readonly Row[]): readonly (readonly Row[])[] {
  const parts: (readonly Row[])[] = [];
  for (let at = 0; at < rows.length; at += MOST_ROWS) parts.push(rows.slice(at, at + MOST_ROWS));
  return parts;
}

const CONTEXT = 3;
const WORTH_FOLDING = 5;
/** As many as the stylesheet lays out in one grid (`.sides`). */
export const MOST_ROWS = 120;
