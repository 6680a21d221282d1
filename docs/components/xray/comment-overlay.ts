import type { Evidence } from '../../../model/evidence.ts';
import { count } from '../count.ts';
import { sourceMarks } from '../evidence/source-marks.ts';
import { type Html, html } from '../html.ts';
import { mostOf } from './axis.ts';
import { fileStrip, type StripScale } from './file-strip.ts';
import { listed } from './listed.ts';
import { type Picture, WIDTH } from './picture.ts';
import { group, label, path, rect, round } from './svg.ts';

type SourceMarks = Extract<Evidence, { kind: 'source-marks' }>;
type Mark = SourceMarks['marks'][number];

/** A file from afar with its comments beside it: bright what tells something, faded what the code says itself. */
export function commentOverlay(own: readonly SourceMarks[], both: readonly SourceMarks[]): Picture {
  const longest = mostOf(both.map(({ lines }) => lines));
  const pitch = Math.max(2, Math.min(4, 420 / Math.max(longest, 1)));
  let y = 0;
  const files = own.slice(0, MOST_FILES).map((file) => {
    const top = y;
    y += heightOf(file, pitch) + 16;
    return oneFile(file, top, { pitch, room: STRIP, columns: 110 });
  });
  const left = own.length - files.length;
  const marks = own.flatMap((file) => file.marks);
  const [restating, telling] = [marks.filter(isRestating), marks.filter((mark) => !isRestating(mark))];
  return {
    width: WIDTH,
    height: y + (left > 0 ? 20 : 0),
    body: html`${files}
    ${left > 0 && label(0, y + 14, `and ${count(left, 'more file')}`, { role: 'x-muted' })}`,
    title: 'The comments of the file, by what they tell',
    figure: `${restating.length} repeat the code, ${telling.length} tell more`,
    says: `${count(marks.length, 'comment')}: ${restating.length} repeat the code, ${telling.length} tell more. ${
      telling.length === 0
        ? ''
        : `Bright: ${listed(telling.map(({ line, kind }) => `line ${line}, ${WORDS[kind] ?? kind}`))}.`
    }`.trim(),
    table: html`${own.map((one) => sourceMarks(one, Infinity))}`,
  };
}

function oneFile(file: SourceMarks, top: number, scale: StripScale): Html {
  const drawn = file.marks.slice(0, MOST_COMMENTS);
  const left = file.marks.length - drawn.length;
  const first = top + HEADER;
  const y = (line: number) => first + (line - 1) * scale.pitch;
  const places = spread(
    drawn.map(({ line, endLine }) => (y(line) + y(endLine + 1)) / 2 - CARD / 2),
    first,
    first + Math.max(file.lines * scale.pitch, file.marks.length * (CARD + 6)),
  );
  return group(
    'file',
    html`${label(AXIS, top + 14, file.file, { font: 'code', role: 'x-strong', width: WIDTH - AXIS })}
    ${fileStrip(file, { x: AXIS, y: first }, scale)}
    ${drawn.map((mark, index) => comment(mark, places[index] ?? first, y, scale))}
    ${left > 0 && label(CARDS, first + drawn.length * (CARD + 6) + 14, `and ${count(left, 'more comment')}`, { role: 'x-muted' })}`,
  );
}

function comment(mark: Mark, cardTop: number, y: (line: number) => number, { pitch }: StripScale): Html {
  const faded = isRestating(mark);
  const [from, to] = [y(mark.line), y(mark.endLine + 1)];
  const word = WORDS[mark.kind] ?? mark.kind;
  const middle = cardTop + CARD / 2;
  return group(
    faded ? 'restating' : 'telling',
    html`${rect({ x: AXIS - 2, y: from - 1, width: STRIP + 4, height: to - from + 2 - pitch * 0.4 }, faded ? 'x-faded-band' : 'x-pass-band')}
    ${path(`M${AXIS + STRIP + 4} ${round((from + to) / 2)}C${CARDS - 28} ${round((from + to) / 2)} ${CARDS - 40} ${round(middle)} ${CARDS - 6} ${round(middle)}`, faded ? 'x-lead x-faded-line' : 'x-lead x-pass-line')}
    ${rect({ x: CARDS - 6, y: cardTop, width: faded ? 2 : 4, height: CARD }, faded ? 'x-faded-fill' : 'x-pass-fill')}
    ${label(CARDS + 6, cardTop + 12, `${lines(mark)}: ${word}`, { role: faded ? 'x-muted' : 'x-pass x-strong', width: WIDTH - CARDS - 6 })}
    ${label(CARDS + 6, cardTop + 27, mark.quote ?? mark.label, {
      role: faded ? 'x-muted x-struck' : '',
      width: WIDTH - CARDS - 8,
    })}`,
  );
}

/** Each as near to where it wants to be as the others leave room for, in order, inside of `from` and `to`. */
function spread(wanted: readonly number[], from: number, to: number): number[] {
  const places: number[] = [];
  for (const want of wanted) places.push(Math.max(want, from, (places.at(-1) ?? -Infinity) + CARD + 6));
  for (
    let index = places.length - 1, floor = to - CARD;
    index >= 0;
    index -= 1, floor = (places[index + 1] ?? floor) - CARD - 6
  )
    places[index] = Math.max(from + index * (CARD + 6), Math.min(places[index] ?? from, floor));
  return places;
}

function heightOf(file: SourceMarks, pitch: number): number {
  const cards = Math.min(file.marks.length, MOST_COMMENTS) * (CARD + 6);
  return HEADER + Math.max(file.lines * pitch + 4, cards) + (file.marks.length > MOST_COMMENTS ? 22 : 0);
}

const isRestating = ({ kind }: Mark) => kind === 'restates';
const lines = ({ line, endLine }: Mark) =>
  line === endLine ? `Line ${line}` : `Lines ${line} to ${endLine}`;

const WORDS: Readonly<Record<string, string>> = {
  restates: 'repeats the code',
  reason: 'gives a reason',
  tells: 'tells something',
  directive: 'is for a tool',
};
const AXIS = 28;
const STRIP = 170;
const CARDS = 270;
const CARD = 31;
const HEADER = 28;
const MOST_FILES = 3;
const MOST_COMMENTS = 40;
