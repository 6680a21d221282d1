import type { Piece } from '../../markdown/code-line.ts';
import { escapeHtml, type Html, html, trustedHtml } from '../html.ts';
import type { Row, SideLine } from './rows.ts';

/** A text in lines of coloured pieces, as the highlighter gives them. */
export type Painted = readonly (readonly Piece[])[];

export interface Side {
  readonly name: 'Yours' | 'Solution';
  readonly path: string;
  readonly text: Painted;
}

/** One column of a block. Its numbers are written by the stylesheet, so a selection holds the code alone. */
export function renderSide(side: Side, rows: readonly Row[]): Html {
  const lines = rows.map((row) => row[side.name === 'Yours' ? 'mine' : 'theirs']);
  const there = lines.filter((line) => line !== null);
  const [first, last] = [there[0]?.number, there.at(-1)?.number];
  const range =
    first === undefined ? 'nothing here' : first === last ? `line ${first}` : `lines ${first} to ${last}`;
  const tag = side.name === 'Yours' ? 'del' : 'ins';
  return html`<figure class="side" data-side="${tag}" ${side.name === 'Solution' && html`data-code`}>
    <figcaption><strong>${side.name}</strong> <span>${range}</span></figcaption>
    <pre
      role="group"
      aria-label="${side.name}, ${side.path}, ${range}"
    ><code>${trustedHtml(lines.map((line) => renderLine(line, side.text, tag)).join(''))}</code></pre>
  </figure>`;
}

/** `del` is what only the learner has, `ins` what only the solution has: a reader hears it. */
function renderLine(line: SideLine | null, text: Painted, tag: 'del' | 'ins'): string {
  if (line === null) return '<span class="filler"></span>';
  const name = line.differs ? tag : 'span';
  const pieces = markPieces(text[line.number - 1] ?? [], line.marks);
  return `<${name} class="line" data-n="${line.number}">${pieces.map(renderPiece).join('')}\n</${name}>`;
}

type MarkedPiece = Piece & { readonly marked: boolean };

/** Cuts pieces where a mark begins or ends. */
function markPieces(pieces: readonly Piece[], marks: SideLine['marks']): readonly MarkedPiece[] {
  const cuts = marks.flat();
  const marked: MarkedPiece[] = [];
  let start = 0;
  for (const { text, role } of pieces) {
    const end = start + text.length;
    const edges = [start, ...cuts.filter((cut) => cut > start && cut < end), end];
    for (const [index, from] of edges.slice(0, -1).entries()) {
      const to = edges[index + 1] ?? end;
      const isMarked = marks.some(([begin, finish]) => begin <= from && to <= finish);
      marked.push({ text: text.slice(from - start, to - start), role, marked: isMarked });
    }
    start = end;
  }
  return marked;
}

function renderPiece({ text, role, marked }: MarkedPiece): string {
  const shown = marked ? `<b>${escapeHtml(text)}</b>` : escapeHtml(text);
  return role === null ? shown : `<span class="code-${role}">${shown}</span>`;
}
