/** Where an axis from 0 has its marks: round numbers, about `wanted` of them, the last at or above `most`. */
export function ticksTo(most: number, wanted = 4): readonly number[] {
  if (!(most > 0)) return [0, 1];
  const rough = most / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((one) => one * power >= rough * 0.999) ?? 10) * power;
  const count = Math.ceil(most / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

/** As `ticksTo`, in whole numbers. */
export function wholeTicksTo(most: number, wanted = 4): readonly number[] {
  return ticksTo(Math.max(most, 1), wanted).every(Number.isInteger)
    ? ticksTo(Math.max(most, 1), wanted)
    : Array.from({ length: Math.ceil(most) + 1 }, (_, index) => index);
}

export const mostOf = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.max(a, b), 0);
export const sumOf = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
