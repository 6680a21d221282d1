import type { Evidence } from '../../../model/evidence.ts';
import { type Html, html } from '../html.ts';
import type { Point } from './graph-layout.ts';
import { label, path, round } from './svg.ts';

type SourceMarks = Extract<Evidence, { kind: 'source-marks' }>;

export interface StripScale {
  /** Pixels from one line to the next. */
  readonly pitch: number;
  /** Pixels for a line of `columns` letters; what is longer is cut. */
  readonly room: number;
  readonly columns: number;
}

/** A file so small that its lines are strokes, with the numbers of every few lines beside them. */
export function fileStrip({ lines, extents = [] }: SourceMarks, { x, y }: Point, scale: StripScale): Html {
  const { pitch, room, columns } = scale;
  const wide = (column: number) => round((Math.min(column, columns) / columns) * room);
  const strokes = extents
    .slice(0, lines)
    .flatMap(([from, to], index) =>
      from >= to || from >= columns
        ? []
        : [
            `M${round(x + wide(from))} ${round(y + index * pitch)}h${round(wide(to) - wide(from))}v${round(pitch * 0.6)}h-${round(wide(to) - wide(from))}z`,
          ],
    );
  const step = pitch * 20 >= 34 ? 20 : 50;
  const numbers = [1, ...Array.from({ length: Math.floor(lines / step) }, (_, index) => (index + 1) * step)];
  return html`${path(strokes.join(''), 'x-stroke')}
  ${numbers.map((line) => label(x - 7, y + (line - 1) * pitch + 6, `${line}`, { anchor: 'end', role: 'x-muted' }))}`;
}
