import type { Query } from './query.ts';

/** Takes off what a control page asks, too: of each fingerprint as many as it asks. */
export function withoutControl(queries: readonly Query[], control: readonly Query[]): readonly Query[] {
  const left = tally(control.map((query) => query.fingerprint));
  return queries.filter(({ fingerprint }) => {
    const count = left.get(fingerprint) ?? 0;
    if (count > 0) left.set(fingerprint, count - 1);
    return count === 0;
  });
}

/** Groups of two and more that are the same question: the largest first. */
export function twinsAmong(queries: readonly Query[]): readonly Group[] {
  return groups(queries, (query) => query.fingerprint + query.values);
}

/** Groups of two and more that read one and the same table with equal values, in whatever words: the largest first. */
export function rephrasedAmong(queries: readonly Query[]): readonly Group[] {
  const single = queries.filter(({ relations }) => relations.length === 1 && relations[0] !== '?');
  return groups(single, ({ relations, statement }) =>
    JSON.stringify([relations, statement.parameters]),
  ).filter((group) => new Set(group.map((query) => query.fingerprint)).size > 1);
}

/** What is asked more often in `many` than in `few`: one entry a fingerprint, that which grew most first. */
export function growthBetween(few: readonly Query[], many: readonly Query[]): readonly Growth[] {
  const before = tally(few.map((query) => query.fingerprint));
  return grouped(many, (query) => query.fingerprint)
    .map((queries) => ({ queries, from: before.get(queries[0].fingerprint) ?? 0, to: queries.length }))
    .filter(({ from, to }) => to > from)
    .sort((a, b) => b.to - b.from - (a.to - a.from));
}

export interface Growth {
  readonly queries: Group;
  readonly from: number;
  readonly to: number;
}

/** Queries that belong together. */
export type Group = readonly [Query, ...Query[]];

function groups(queries: readonly Query[], keyOf: (query: Query) => string): readonly Group[] {
  return grouped(queries, keyOf)
    .filter((group) => group.length > 1)
    .sort((a, b) => b.length - a.length);
}

function grouped(queries: readonly Query[], keyOf: (query: Query) => string): readonly Group[] {
  const byKey = new Map<string, [Query, ...Query[]]>();
  for (const query of queries) {
    const group = byKey.get(keyOf(query));
    if (group === undefined) byKey.set(keyOf(query), [query]);
    else group.push(query);
  }
  return [...byKey.values()];
}

function tally(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
