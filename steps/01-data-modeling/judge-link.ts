import type { Reported } from '../../harness/run.ts';
import { isReference, type Row } from '../../harness/schema/catalogue.ts';
import { routesBetween } from '../../harness/schema/routes.ts';
import { copiesOnTheWay } from './copies.ts';
import { isKept } from './kept-names.ts';
import { copyLeft, keyNotChecked, namesLost, noKey, secondList, strayed, twice } from './link-findings.ts';
import { type End, type Followed, followLink, type Link } from './links.ts';
import type { Migrated } from './migrated.ts';
import { fold } from './truth.ts';

/** Everything about one link that the tables themselves show. The first finding is the one to mend first. */
export function judgeLink(migrated: Migrated, link: Link): readonly Reported[] {
  // On the other records the key is there: it has led the clinic's own where they belong.
  const followed = followLink(link, migrated.isOther ? 0 : undefined);
  if (followed === null) return [noKey(link, insteadOfKeys(link))];
  return [
    ...strayed(link, followed),
    ...duplicates(link, followed),
    ...secondTable(migrated, link, followed),
    ...unchecked(link, followed),
    ...lostNames(migrated, link, link.ends),
    ...wayCopies(link, followed),
  ];
}

/** Names that match nothing and are nowhere any more. A record that lies elsewhere has no row of its own here. */
export function lostNames(
  { schema }: Migrated,
  link: Link,
  bearers: readonly (Pick<End, 'label' | 'id' | 'truth'> & { readonly row: Row | null })[],
): readonly Reported[] {
  const lost = bearers.flatMap(({ row, label, truth, id }) => {
    if (truth.kind !== 'unmatched') return [];
    const bearer = { table: link.from, row, legacyId: id, label };
    return isKept(schema, truth.raw, bearer) ? [] : [{ label, raw: truth.raw }];
  });
  return lost.length === 0 ? [] : [namesLost(link, lost)];
}

/** What stands where keys should: the text itself, or numbers that no key watches over. */
function insteadOfKeys(link: Link): readonly string[] {
  const known = link.ends.filter(({ truth }) => truth.kind === 'known');
  const isMost = (hits: number) => hits * 2 > known.length;
  return link.from.columns
    .filter(({ name }) => !isReference(link.from, name))
    .flatMap(({ name }) => {
      const texts = known.filter(
        ({ row, truth }) => truth.kind === 'known' && fold(row.values[name]).includes(fold(truth.name)),
      );
      if (isMost(texts.length)) return [`${link.from.name}.${name} holds the name as a text`];
      const numbers = known.filter((end) => isNumberOf(link, end, name));
      return isMost(numbers.length)
        ? [`${link.from.name}.${name} holds the number, and no foreign key keeps it right`]
        : [];
    });
}

function isNumberOf(link: Link, { row, truth }: Link['ends'][number], column: string): boolean {
  return link.targets.some(({ table, labelOf }) =>
    table.rows.some(
      (target) =>
        truth.kind === 'known' &&
        fold(labelOf(target)) === fold(truth.name) &&
        table.primaryKey.length === 1 &&
        table.primaryKey.every((key) => target.values[key] === row.values[column]),
    ),
  );
}

function duplicates(link: Link, { explained: { target } }: Followed): readonly Reported[] {
  if (link.topic === 'notes') return [];
  const bySpelling = new Map<string, string[]>();
  for (const row of target.table.rows) {
    const name = target.labelOf(row);
    if (name !== null) bySpelling.set(fold(name), [...(bySpelling.get(fold(name)) ?? []), name]);
  }
  const several = [...bySpelling.values()].filter(({ length }) => length > 1);
  return several.length === 0 ? [] : [twice(link, target.table.name, several)];
}

/** The keys lead to a table that repeats the clinic's own one, and is kept like it by hand or by a trigger. */
function secondTable(
  { schema }: Migrated,
  link: Link,
  { explained: { target } }: Followed,
): readonly Reported[] {
  const name = link.thing === 'facility' ? 'facilities' : 'doctors';
  const own = schema.find((table) => table.name === name);
  if (link.topic === 'notes' || own === undefined || own === target.table) return [];
  if (routesBetween(target.table, own, 1).length > 0) return [];
  return [secondList(link, target.table.name, name)];
}

function unchecked(link: Link, { explained: { route } }: Followed): readonly Reported[] {
  const loose = route.filter(({ key }) => !key.isEnforced);
  if (loose.length === 0) return [];
  return [
    keyNotChecked(
      link,
      loose.map(({ key }) => `${key.name} on ${key.from.name} is not`),
    ),
  ];
}

function wayCopies(link: Link, followed: Followed): readonly Reported[] {
  const copies = copiesOnTheWay(link, followed);
  return copies.length === 0 ? [] : [copyLeft(link.topic, link.thing, copies)];
}
