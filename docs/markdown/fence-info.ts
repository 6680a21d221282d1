/** What stands behind the three backticks: ` ```ts {1,3-5} [app/src/search.ts]`. */
export interface FenceInfo {
  readonly language: string;
  /** File name or label for the caption; empty for none. */
  readonly title: string;
  readonly highlighted: ReadonlySet<number>;
}

export function parseFenceInfo(info: string): FenceInfo {
  const title = /\[([^\]]+)\]/.exec(info)?.[1] ?? '';
  const ranges = /\{([\d,\s-]+)\}/.exec(info)?.[1] ?? '';
  return { language: languageOf(info), title, highlighted: new Set(ranges.split(',').flatMap(linesOf)) };
}

export function languageOf(info: string): string {
  return /^[\w+-]+/.exec(info.trim())?.[0]?.toLowerCase() ?? '';
}

function linesOf(range: string): readonly number[] {
  const [from, to] = range.split('-').map((text) => Number.parseInt(text, 10));
  if (from === undefined || Number.isNaN(from)) return [];
  const last = to === undefined || Number.isNaN(to) ? from : Math.min(to, from + MOST_LINES);
  return Array.from({ length: Math.max(0, last - from + 1) }, (_, index) => from + index);
}

const MOST_LINES = 1000;
