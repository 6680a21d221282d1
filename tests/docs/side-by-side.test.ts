import { describe, expect, test } from 'vitest';
import { blocksOf, MOST_ROWS } from '../../docs/components/side-by-side/blocks.ts';
import { alignLines, type Row } from '../../docs/components/side-by-side/rows.ts';
import { loadAssets } from '../../docs/server/assets.ts';

const rowsOf = (mine: string, theirs: string): readonly Row[] => alignLines(mine, theirs) ?? [];
const numbers = (rows: readonly Row[]) =>
  rows.map(({ mine, theirs }) => [mine?.number ?? null, theirs?.number ?? null]);

describe('two texts side by side', () => {
  test('keep what is alike level, whatever comes or goes before it', () => {
    expect(numbers(rowsOf('a\nb\nc', 'a\nx\ny\nb\nc'))).toEqual([
      [1, 1],
      [null, 2],
      [null, 3],
      [2, 4],
      [3, 5],
    ]);
    expect(numbers(rowsOf('a\nx\nb', 'a\nb'))).toEqual([
      [1, 1],
      [2, null],
      [3, 2],
    ]);
  });

  test('take the last line for the same, whether or not others follow', () => {
    expect(numbers(rowsOf('a', 'a\nb'))).toEqual([
      [1, 1],
      [null, 2],
    ]);
    expect(rowsOf('a', 'a\nb')[0]?.mine?.differs).toBe(false);
    expect(numbers(rowsOf('', 'b'))).toEqual([[null, 1]]);
  });

  test('show every line of both exactly once, in order', () => {
    const [mine, theirs] = ['q\na\nb\n\nc\nd', 'a\n\nb\nB\nd\ne\nf'];
    const rows = rowsOf(mine, theirs);
    expect(rows.flatMap((row) => row.mine?.number ?? [])).toEqual([1, 2, 3, 4, 5, 6]);
    expect(rows.flatMap((row) => row.theirs?.number ?? [])).toEqual([1, 2, 3, 4, 5, 6, 7]);
    const [mineLines, theirLines] = [mine.split('\n'), theirs.split('\n')];
    for (const row of rows) {
      if (row.mine?.differs !== false || row.theirs === null) continue;
      expect(mineLines[row.mine.number - 1]).toBe(theirLines[row.theirs.number - 1]);
    }
  });

  test('mark the part of a changed line, and none where two lines have nothing in common', () => {
    const [row] = rowsOf("const a = 'x';", 'const a = $1;');
    expect(row?.mine?.marks.map(([from, to]) => "const a = 'x';".slice(from, to)).join('')).toBe("'x'");
    expect(row?.theirs?.marks.map(([from, to]) => 'const a = $1;'.slice(from, to)).join('')).toBe('$1');
    const [other] = rowsOf('abc def ghi', '123 456 789');
    expect([other?.mine?.marks, other?.theirs?.marks]).toEqual([[], []]);
  });

  test('fold what is far from a difference, and leave no line out', () => {
    const many = Array.from({ length: 40 }, (_, index) => `line ${index}`);
    const rows = rowsOf(many.join('\n'), many.with(20, 'another').join('\n'));
    const blocks = blocksOf(rows);
    expect(blocks.map(({ folded, rows: { length } }) => [folded, length])).toEqual([
      [true, 17],
      [false, 7],
      [true, 16],
    ]);
    expect(blocks.flatMap((block) => block.rows)).toEqual(rows);
    expect(blocksOf(rowsOf('a\nb\nc\nd\nx', 'a\nb\nc\nd\ny')).map(({ folded }) => folded)).toEqual([false]);
  });

  test('are given up when they share next to nothing over thousands of lines, and not before', () => {
    const lines = (count: number, word: string) =>
      Array.from({ length: count }, (_, i) => `${word} ${i}`).join('\n');
    expect(alignLines(lines(1_000, 'one'), lines(1_000, 'another'))).toHaveLength(1_000);
    expect(alignLines(lines(1_400, 'one'), lines(1_400, 'another'))).toBeNull();
  });

  test('never stand in more rows of one grid than the stylesheet lays out', async () => {
    const rows = rowsOf('', Array.from({ length: 500 }, (_, index) => `line ${index}`).join('\n'));
    expect(Math.max(...blocksOf(rows).map((block) => block.rows.length))).toBeLessThanOrEqual(MOST_ROWS);
    const css = (await loadAssets()).files.get('guide.css')?.body.toString() ?? '';
    expect(css).toContain(`grid-template-rows: auto repeat(${MOST_ROWS}, auto)`);
  });
});
