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

/** Each file from afar, what is untidy lit, and beside each line how much there is of it, by what kind. */
export function styleStrip(own: readonly SourceMarks[], both: readonly SourceMarks[]): Picture {
  const files = own.slice(0, MOST_FILES);
  const left = own.length - files.length;
  const longest = mostOf(both.map(({ lines }) => lines));
  const pitch = Math.max(2, Math.min(4, 400 / Math.max(longest, 1)));
  const room = (WIDTH - GAP * (Math.max(files.length, 2) - 1)) / Math.max(files.length, 2);
  const lanes = FAMILIES.length * LANE;
  const widest = mostOf(both.flatMap(({ extents = [] }) => extents.map(([, end]) => end)));
  const columns = Math.min(Math.max(widest, 60), 120);
  const scale: StripScale = { pitch, room: room - AXIS - lanes - 12, columns };
  const total = own.flatMap(({ marks }) => marks);
  const height = TOP + Math.max(...files.map(({ lines }) => lines), 1) * pitch + 30;
  return {
    width: WIDTH,
    height,
    body: html`${files.map((file, index) => fileColumn(file, index * (room + GAP), scale, room))}
    ${left > 0 && label(0, height - 4, `and ${count(left, 'more file')}`, { role: 'x-muted' })}`,
    title: 'Both files from afar, with every untidy place lit',
    figure: `${count(total.length, 'untidy place')} in ${count(own.length, 'file')}`,
    says: own.map(inWords).join(' '),
    table: html`${own.map((one) => sourceMarks(one, Infinity))}`,
  };
}

function inWords({ file, lines, marks }: SourceMarks): string {
  if (marks.length === 0) return `${file}: ${count(lines, 'line')}, nothing untidy.`;
  const kinds = FAMILIES.flatMap(({ word, rules }) => {
    const amount = marks.filter(({ kind }) => rules.test(kind)).length;
    return amount === 0 ? [] : [`${word.toLowerCase()} ${amount}`];
  });
  return `${file}: ${count(lines, 'line')}, ${count(marks.length, 'untidy place')}: ${listed(kinds)}.`;
}

function fileColumn(file: SourceMarks, x: number, scale: StripScale, room: number): Html {
  const lanesAt = x + room - FAMILIES.length * LANE;
  return group(
    'file',
    html`${label(x + AXIS, 14, file.file, { font: 'code', role: 'x-strong', width: room - AXIS })}
    ${fileStrip(file, { x: x + AXIS, y: TOP }, scale)}
    ${file.marks.map(
      ({ line, column, endLine, endColumn, label: tip }) =>
        line === endLine &&
        rect(
          {
            x: x + AXIS + Math.min(column - 1, scale.columns) * perColumn(scale),
            y: TOP + (line - 1) * scale.pitch,
            width: Math.max(2.5, (Math.min(endColumn, scale.columns) - column) * perColumn(scale)),
            height: scale.pitch - 0.5,
          },
          'x-lit',
          { tip: `line ${line}: ${tip}` },
        ),
    )}
    ${FAMILIES.map((family, index) => lane(file, family, lanesAt + index * LANE, scale))}`,
  );
}

/** A bar for each line that has faults of the family, from 0 to the most that one line has. */
function lane(file: SourceMarks, { word, rules }: Family, x: number, { pitch }: StripScale): Html {
  const perLine = new Map<number, number>();
  let total = 0;
  for (const { line, kind } of file.marks) {
    if (!rules.test(kind)) continue;
    total += 1;
    perLine.set(line, (perLine.get(line) ?? 0) + 1);
  }
  const ticks = [...perLine].map(([line, amount]) => {
    const y = round(TOP + (line - 1) * pitch);
    return `M${x} ${y}h${round((Math.min(amount, MOST_IN_LANE) / MOST_IN_LANE) * (LANE - 14))}v${pitch - 0.5}H${x}Z`;
  });
  return html`${path(`M${x} ${TOP}V${round(TOP + file.lines * pitch)}`, 'x-grid')}
  ${ticks.length > 0 && path(ticks.join(''), 'x-lit')} ${label(x, 31, word, { role: 'x-muted' })}
  ${label(x, TOP + file.lines * pitch + 16, `${total}`, { role: total > 0 ? 'x-fail x-strong' : 'x-pass x-strong' })}`;
}

const perColumn = ({ room, columns }: StripScale) => room / columns;

interface Family {
  readonly word: string;
  readonly rules: RegExp;
}

/** Each rule belongs to one. */
const FAMILIES: readonly Family[] = [
  { word: 'Names', rules: /^naming$/ },
  { word: 'Spaces', rules: /-spacing$/ },
  { word: 'Indent', rules: /^(indentation|statements-per-line)$/ },
  { word: 'Mixed', rules: /^(?!naming$|indentation$|statements-per-line$)(?!.*-spacing$)/ },
];
const AXIS = 28;
const TOP = 40;
const GAP = 20;
const LANE = 46;
/** A bar of full length; what has more is no longer. */
const MOST_IN_LANE = 6;
const MOST_FILES = 4;
