import { count } from '../count.ts';
import { type Html, html } from '../html.ts';
import { blocksOf } from './blocks.ts';
import { alignLines, type Row } from './rows.ts';
import { renderSide, type Painted, type Side } from './side.ts';

export interface ComparedTexts {
  readonly path: string;
  readonly mine: string;
  readonly theirs: string;
  readonly paint: (text: string) => Promise<Painted>;
}

/** Two texts of one file side by side. Line ends do not count as differences, and are named when they are all there is. */
export async function comparedText({ path, paint, ...given }: ComparedTexts): Promise<Html> {
  const [mine, theirs] = [plainEnds(given.mine), plainEnds(given.theirs)];
  if (mine === theirs) return html`<p>${given.mine === given.theirs ? THE_SAME : SAME_BUT_ENDS}</p>`;
  const rows = mine.length + theirs.length > LONGEST ? null : alignLines(mine, theirs);
  if (rows === null) return html`<p>${TOO_LONG}</p>`;
  const sides: readonly [Side, Side] = [
    { name: 'Yours', path, text: await paint(mine) },
    { name: 'Solution', path, text: await paint(theirs) },
  ];
  return html`<p class="quiet">${difference(rows)}</p>
    ${blocksOf(rows).map((block) => (block.folded ? folded(block.rows, sides) : shown(block.rows, sides)))}`;
}

/** A file that only one side has. */
export async function singleText(name: Side['name'], path: string, text: Painted): Promise<Html> {
  const rows = text.map((_, index): Row => {
    const line = { number: index + 1, differs: true, marks: [] };
    return name === 'Yours' ? { mine: line, theirs: null } : { mine: null, theirs: line };
  });
  const side = { name, path, text };
  return html`${blocksOf(rows).map((block) => html`<div class="sides">${renderSide(side, block.rows)}</div>`)}`;
}

/** As the learner's editor may write them, without the last, which is seen nowhere. */
export function plainEnds(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/\n$/, '');
}

function shown(rows: readonly Row[], [mine, theirs]: readonly [Side, Side]): Html {
  return html`<div class="sides">${renderSide(mine, rows)}${renderSide(theirs, rows)}</div>`;
}

function folded(rows: readonly Row[], sides: readonly [Side, Side]): Html {
  return html`<details class="alike">
    <summary>${count(rows.length, 'line')} alike</summary>
    ${shown(rows, sides)}
  </details>`;
}

function difference(rows: readonly Row[]): string {
  const mine = rows.filter((row) => row.mine?.differs === true).length;
  const theirs = rows.filter((row) => row.theirs?.differs === true).length;
  return `${count(mine, 'line')} only in yours, ${count(theirs, 'line')} only in the solution.`;
}

const THE_SAME = 'Yours is the solution, letter by letter.';
const SAME_BUT_ENDS = 'Yours is the solution but for the ends of its lines.';
const TOO_LONG = 'These two are too long, or too different, to be put side by side here.';
/** Characters of both together. */
const LONGEST = 600_000;
