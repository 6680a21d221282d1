import type { ParsedSource } from '../source/parse.ts';
import type { StyleFault, StyleRule } from './fault.ts';

/** Where a style is free, a file makes a choice at each place: these quotes or those. */
export interface Choice {
  readonly rule: StyleRule;
  /** What is chosen here: `quotes`, `the end of a statement`. Places of one topic must agree. */
  readonly topic: string;
  /** In words: `single quotes`. */
  readonly taken: string;
  readonly start: number;
  readonly end: number;
}

/** The places whose choice is not the one that the file mostly makes. Beside a comment nothing is held against anybody. */
export function inconsistencies(source: ParsedSource, choices: readonly Choice[]): StyleFault[] {
  const counted = choices.filter((choice) => !besideComment(source, choice));
  return [...grouped(counted, ({ topic }) => topic).values()].flatMap((places) => {
    const [usual, ...others] = mostFirst(places, ({ taken }) => taken);
    if (usual === undefined) return [];
    return others.flatMap((odd) =>
      odd.map(({ rule, start, end, taken }) => ({ rule, start, end, label: oddOne(taken, usual) })),
    );
  });
}

/** Groups by key, the largest first; of two that are equally large, the one that began first. */
export function mostFirst<T>(values: readonly T[], key: (value: T) => string): T[][] {
  return [...grouped(values, key).values()].sort((a, b) => b.length - a.length);
}

function grouped<T>(values: readonly T[], key: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(key(value));
    if (group === undefined) groups.set(key(value), [value]);
    else group.push(value);
  }
  return groups;
}

function besideComment(source: ParsedSource, { start, end }: Choice): boolean {
  const around = [Math.max(0, start - 2), end + 2] as const;
  return source.text.slice(...around) !== source.code.slice(...around);
}

function oddOne(taken: string, usual: readonly Choice[]): string {
  return `${taken} here, ${usual[0]?.taken} in ${usual.length} ${usual.length === 1 ? 'place' : 'places'}`;
}
