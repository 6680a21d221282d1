/** Lines and columns of a text, both counted from 1. */
export interface Positions {
  readonly lines: number;
  at(offset: number): { readonly line: number; readonly column: number };
  lineOf(offset: number): number;
  /** Where a line begins. */
  startOf(line: number): number;
}

export function createPositions(text: string): Positions {
  const starts = [0];
  for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
  const lineOf = (offset: number) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
  const startOf = (line: number) => starts[line - 1] ?? text.length;
  return {
    lines: text.endsWith('\n') ? starts.length - 1 : starts.length,
    at(offset) {
      const line = lineOf(offset);
      return { line, column: offset - startOf(line) + 1 };
    },
    lineOf,
    startOf,
  };
}
