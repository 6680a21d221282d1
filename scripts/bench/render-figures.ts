import type { Figure } from './figures.ts';

/** One table; `ratio` is the median against stock vitest's. */
export function renderFigures(figures: readonly Figure[]): string {
  const rows = [HEADINGS, ...figures.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function cellsOf({ name, unit, runs, median, p95, ratio }: Figure): readonly string[] {
  return [
    name,
    `${shown(median)} ${unit}`,
    runs > 1 ? `${shown(p95)} ${unit}` : '',
    ratio === null ? '' : `${ratio.toFixed(2)} x`,
    String(runs),
  ];
}

const shown = (value: number) => (value < 10 ? value.toFixed(1) : String(Math.round(value)));
export const HEADINGS: readonly string[] = ['measured', 'median', 'p95', 'against stock', 'runs'];
