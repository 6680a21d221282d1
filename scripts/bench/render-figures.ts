import type { Figure } from './figures.ts';

/** One table; `ratio` is the median against stock vitest's. */
export function renderFigures(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, unit, runs, median, p95, ratio }) => [
    name,
    `${shown(median)} ${unit}`,
    runs > 1 ? `${shown(p95)} ${unit}` : '',
    ratio === null ? '' : `${ratio.toFixed(2)} x`,
    String(runs),
  ]);
  const all = [HEADINGS, ...rows];
  const widths = HEADINGS.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const shown = (value: number) => (value < 10 ? value.toFixed(1) : String(Math.round(value)));
const HEADINGS = ['measured', 'median', 'p95', 'against stock', 'runs'];
