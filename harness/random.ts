/** Chance that can be repeated: the same seed gives the same values in the same order. */
export interface Random {
  readonly seed: number;
  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  /** Lower-case letters that are no word of the clinic; begins with a consonant pair that no name in the fixtures has. */
  marker(length?: number): string;
  pick<T>(values: readonly [T, ...T[]]): T;
  shuffle<T>(values: readonly T[]): T[];
}

/** mulberry32: 32 bits of state, good enough to pick test data and small enough to read. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    seed,
    integer,
    marker: (length = 8) =>
      'zq' +
      Array.from({ length: length - 2 }, () => LETTERS.charAt(integer(0, LETTERS.length - 1))).join(''),
    pick: <T>(values: readonly [T, ...T[]]): T => values[integer(0, values.length - 1)] ?? values[0],
    shuffle(values) {
      const left = [...values];
      const out: typeof left = [];
      while (left.length > 0) out.push(...left.splice(integer(0, left.length - 1), 1));
      return out;
    },
  };
}

const LETTERS = 'bcdfghjklmnpqrstvwxz';
