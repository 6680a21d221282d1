/** Measured values of one kind, in the order in which they were measured. */
export interface Measurement {
  readonly name: string;
  readonly unit: 'ms' | 'MB' | 'packages';
  readonly values: readonly number[];
  /** Name of the measurement that `ratio` compares the median with. */
  readonly beside?: string;
  /** Values measured in turn with these, which `ratio` compares with before `beside`: the same noise met both. */
  readonly against?: readonly number[];
}

export interface Figure {
  readonly name: string;
  readonly unit: Measurement['unit'];
  readonly runs: number;
  readonly median: number;
  /** The value that 95 of 100 do not exceed (nearest rank). */
  readonly p95: number;
  /** Median divided by the median of what stands beside it; `null` where nothing does. */
  readonly ratio: number | null;
}

export function figuresOf(measurements: readonly Measurement[]): readonly Figure[] {
  return measurements.map(({ name, unit, values, beside, against }) => {
    const other = against ?? measurements.find((candidate) => candidate.name === beside)?.values;
    const median = percentile(values, 50);
    const ratio = other === undefined ? null : rounded(median / percentile(other, 50));
    return {
      name,
      unit,
      runs: values.length,
      median: rounded(median),
      p95: rounded(percentile(values, 95)),
      ratio,
    };
  });
}

/** By nearest rank; the median of an even number is the mean of the two in the middle. `NaN` of nothing. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  if (percent === 50 && Number.isInteger(half) && sorted.length > 0)
    return ((sorted[half - 1] ?? NaN) + (sorted[half] ?? NaN)) / 2;
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? NaN;
}

const rounded = (value: number) => Math.round(value * 100) / 100;
