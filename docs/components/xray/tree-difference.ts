import { diffArrays } from 'diff';

/** A line of two parse trees side by side; `folded` stands for some that are the same in both, `twin-folded` for some of the twin's. */
export type TreeRow =
  | { readonly kind: 'same'; readonly depth: number; readonly text: string; readonly twin: string }
  | { readonly kind: 'own' | 'twin'; readonly depth: number; readonly text: string }
  | { readonly kind: 'folded'; readonly depth: number; readonly lines: number }
  | { readonly kind: 'twin-folded'; readonly depth: number; readonly lines: number };

/** Two outlines line by line. Constants count as equal: they are what the input may change. */
export function treeDifference(tree: string, twin: string): readonly TreeRow[] {
  const own = tree.split('\n').filter((line) => line !== '');
  const other = twin.split('\n').filter((line) => line !== '');
  const rows: TreeRow[] = [];
  let [atOwn, atOther] = [0, 0];
  const parts = diffArrays(own.map(shapeOf), other.map(shapeOf), { maxEditLength: 2000 }) ?? [
    { removed: true, added: false, count: own.length },
    { removed: false, added: true, count: other.length },
  ];
  for (const { added, removed, count = 0 } of parts) {
    for (let index = 0; index < count; index += 1) {
      if (added) rows.push({ kind: 'twin', ...lineOf(other[atOther++]) });
      else if (removed) rows.push({ kind: 'own', ...lineOf(own[atOwn++]) });
      else rows.push({ kind: 'same', ...lineOf(own[atOwn++]), twin: lineOf(other[atOther++]).text });
    }
  }
  return folded(rows);
}

/** Long runs of what is the same are folded, but for the first line, which says what they belong to. */
function folded(rows: readonly TreeRow[]): TreeRow[] {
  const out: TreeRow[] = [];
  for (let from = 0; from < rows.length;) {
    const first = rows[from];
    let to = from;
    while (first?.kind === 'same' && isLike(rows[to], first)) to += 1;
    if (first !== undefined && to - from > LONGEST_RUN) {
      out.push(first, { kind: 'folded', depth: first.depth, lines: to - from - 1 });
      from = to;
    } else if (first?.kind === 'twin') {
      const end = rows.findIndex((row, index) => index > from && row.kind !== 'twin');
      const run = rows.slice(from, end < 0 ? rows.length : end);
      const shown = run.length > LONGEST_TWIN ? run.slice(0, LONGEST_TWIN - 2) : run;
      out.push(...shown);
      if (shown.length < run.length)
        out.push({ kind: 'twin-folded', depth: first.depth, lines: run.length - shown.length });
      from += run.length;
    } else {
      if (first !== undefined) out.push(first);
      from += 1;
    }
  }
  return out;
}

/** The same kind of node on the same level, as the columns of a list are. */
function isLike(row: TreeRow | undefined, first: TreeRow & { kind: 'same' }): boolean {
  const wordOf = (text: string) => text.split(' ')[0];
  return row?.kind === 'same' && row.depth === first.depth && wordOf(row.text) === wordOf(first.text);
}

function lineOf(line = ''): { readonly depth: number; readonly text: string } {
  const text = line.trimStart();
  return { depth: (line.length - text.length) / 2, text };
}

const shapeOf = (line: string) => line.replace(/^( *)(?:text '.*|number .*|true|false|NULL)$/s, '$1constant');
const LONGEST_RUN = 3;
/** What the twin has besides is told by its first lines. */
const LONGEST_TWIN = 8;
