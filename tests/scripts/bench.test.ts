import { expect, test } from 'vitest';
import { figuresOf, percentile } from '../../scripts/bench/figures.ts';
import { renderFigures } from '../../scripts/bench/render-figures.ts';

test('median and p95 are of the values, in whatever order they came', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
  expect(percentile(hundred, 50)).toBe(50.5);
  expect(percentile(hundred, 95)).toBe(95);
  expect(percentile([3], 50)).toBe(3);
  expect(percentile([3], 95)).toBe(3);
  expect(percentile([1, 2, 9], 50)).toBe(2);
  expect(percentile([], 95)).toBeNaN();
});

test('a figure stands beside the stock one as a ratio of medians', () => {
  const figures = figuresOf([
    { name: 'save to verdict', unit: 'ms', values: [90, 100, 110], beside: 'stock' },
    { name: 'stock', unit: 'ms', values: [200, 200, 200], beside: 'stock' },
    { name: 'installed', unit: 'MB', values: [236.4] },
  ]);
  expect(figures[0]).toEqual({
    name: 'save to verdict',
    unit: 'ms',
    runs: 3,
    median: 100,
    p95: 110,
    ratio: 0.5,
  });
  expect(renderFigures(figures)).toMatchInlineSnapshot(`
    "measured         median     p95  against stock  runs
    save to verdict  100 ms  110 ms         0.50 x     3
    stock            200 ms  200 ms         1.00 x     3
    installed        236 MB                            1"
  `);
});
