import { type Html, html } from '../html.ts';
import type { Point } from './graph-layout.ts';
import { rect, round } from './svg.ts';
import { CODE } from './text-width.ts';

/** Where the input stands, in characters. */
export interface Lit {
  readonly start: number;
  readonly end: number;
}

/** A piece of one line, lit or not. */
interface Piece {
  readonly text: string;
  readonly lit: boolean;
}

/** A text in lines of at most `columns` letters, blanks and line breaks made one space, with what is lit still lit. */
export function litLines(
  text: string,
  marks: readonly Lit[],
  columns: number,
): readonly (readonly Piece[])[] {
  const letters: { letter: string; lit: boolean }[] = [];
  for (const { segment, index } of new Intl.Segmenter('en').segment(text.slice(0, LONGEST))) {
    const lit = marks.some(({ start, end }) => index >= start && index < end);
    const letter = /^\s+$/.test(segment) ? ' ' : segment;
    if (letter === ' ' && !lit && letters.at(-1)?.letter === ' ') continue;
    letters.push({ letter, lit });
  }
  if (text.length > LONGEST) letters.push({ letter: '…', lit: false });
  const lines: Piece[][] = [];
  for (let from = 0; from < letters.length;) {
    const whole = letters.slice(from, from + columns);
    const space =
      from + whole.length < letters.length ? whole.findLastIndex(({ letter }) => letter === ' ') : -1;
    const line = space > columns / 2 ? whole.slice(0, space + 1) : whole;
    lines.push(piecesOf(line));
    from += line.length;
  }
  return lines;
}

/** One line of them, in letters of the same width in every font. */
export function litLine(pieces: readonly Piece[], { x, y }: Point): Html {
  const long = pieces.reduce((sum, { text }) => sum + lengthOf(text), 0);
  let at = 0;
  const behind = pieces.map(({ text, lit }) => {
    const from = at;
    at += lengthOf(text);
    return (
      lit &&
      rect({ x: x + from * CODE - 1, y: y - 13, width: (at - from) * CODE + 2, height: 18 }, 'x-lit-box', {
        round: 2,
      })
    );
  });
  return html`${behind}<text
      x="${round(x)}"
      y="${round(y)}"
      class="x-code"
      xml:space="preserve"
      textLength="${round(long * CODE)}"
      >${pieces.map(({ text, lit }) => html`<tspan ${lit && html`class="x-lit-text"`}>${text}</tspan>`)}</text
    >`;
}

function piecesOf(line: readonly { readonly letter: string; readonly lit: boolean }[]): Piece[] {
  const pieces: { text: string; lit: boolean }[] = [];
  for (const { letter, lit } of line) {
    const last = pieces.at(-1);
    if (last?.lit === lit) last.text += letter;
    else pieces.push({ text: letter, lit });
  }
  return pieces;
}

const lengthOf = (text: string) => [...new Intl.Segmenter('en').segment(text)].length;
const LONGEST = 1600;
