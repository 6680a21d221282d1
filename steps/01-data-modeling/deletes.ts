import type { Reported } from '../../harness/run.ts';
import type { Row, Table } from '../../harness/schema/catalogue.ts';
import { endOf, follow } from '../../harness/schema/routes.ts';
import { type Client, countEach, countFilled, deleteRow, openTrials } from '../../harness/schema/trials.ts';
import { followLink, type Followed, type Link } from './links.ts';
import type { Migrated } from './migrated.ts';

/** Deletes what most records are tied to, in a transaction that is taken back, and counts patients and notes again. */
export async function tryDelete(migrated: Migrated, link: Link): Promise<readonly Reported[]> {
  const followed = followLink(link);
  const row = followed === null ? null : mostUsed(link, followed);
  if (followed === null || row === null) return [];
  const { table } = followed.explained.target;
  const watched = [migrated.patients.table, migrated.notes.table, ...recordsOnTheWay(link, followed)];

  const trials = await openTrials(migrated.database);
  try {
    const trial = await trials.attempt(async (client) => {
      const before = await countEach(client, [table, ...watched]);
      const tied = await countTied(client, link, followed);
      await deleteRow(client, table, row);
      const after = await countEach(client, [table, ...watched]);
      const isGone = (after[0] ?? 0) < (before[0] ?? 0);
      const moved = isGone && tied > 0 && (await countTied(client, link, followed)) === tied;
      return {
        moved,
        counts: watched.map(({ name }, i) => ({ name, gone: (before[i + 1] ?? 0) - (after[i + 1] ?? 0) })),
      };
    });
    if (trial.outcome === 'refused') return [];
    const gone = trial.answer.counts.filter((count) => count.gone > 0);
    if (gone.length > 0) return [cascades(link, table, gone)];
    return trial.answer.moved ? [moves(link, table)] : [];
  } finally {
    await trials.close();
  }
}

/** Rows of the subject's own table whose key leads somewhere; -1 when the key is not in that table. */
async function countTied(client: Client, link: Link, { explained: { route } }: Followed): Promise<number> {
  const [leg] = route;
  if (leg === undefined || !leg.forward || route.length > 1) return -1;
  return countFilled(client, link.from, leg.key.fromColumns);
}

function mostUsed(link: Link, { explained: { route, target } }: Followed): Row | null {
  const uses = new Map<Row, number>();
  for (const { row, truth } of link.ends) {
    if (truth.kind !== 'known') continue;
    for (const end of follow([row], route)) uses.set(end, (uses.get(end) ?? 0) + 1);
  }
  const [first] = [...uses].sort(([, a], [, b]) => b - a);
  return target.table.rows.find((row) => row === first?.[0]) ?? null;
}

/**
 * Tables between the ends whose rows are records too and no mere links: something else hangs on them, or they belong
 * to the subject and tie it to a third thing (a row of "who is treated where, and by whom").
 */
function recordsOnTheWay(link: Link, { explained: { route } }: Followed): readonly Table[] {
  const walked = new Set(route.map(({ key }) => key));
  return route.slice(0, -1).flatMap((leg) => {
    const table = endOf(leg);
    const hasMore = table.referencedBy.some((key) => !walked.has(key));
    const tiesMore = !leg.forward && table.foreignKeys.some((key) => !walked.has(key));
    return (hasMore || tiesMore) && table !== link.from ? [table] : [];
  });
}

function cascades(
  link: Link,
  table: Table,
  gone: readonly { readonly name: string; readonly gone: number }[],
): Reported {
  return {
    ruleId: `${link.topic}/delete-cascades`,
    message: `Deleting a row of ${table.name} deletes ${gone.map(({ name, gone: rows }) => `${rows} of ${name}`).join(' and ')} as well.`,
    tried: `DELETE the row of ${table.name} to which most records are tied, in a transaction that was taken back.`,
    expected: 'The delete is refused, or the records stay and are tied to nobody.',
    observed: gone.map(({ name, gone: rows }) => `${name}: ${rows} rows fewer`).join('; '),
    why: 'Medical records must be kept for years. ON DELETE CASCADE lets one click on a building empty them.',
  };
}

const moves = (link: Link, table: Table): Reported => ({
  ruleId: `${link.topic}/delete-moves`,
  message: `Deleting a row of ${table.name} gives its records to another one.`,
  tried: `DELETE the row of ${table.name} to which most records are tied, in a transaction that was taken back.`,
  expected: 'The delete is refused, or the records stay and are tied to nobody.',
  observed: 'It was deleted, and every record is still tied to somebody.',
  why: 'ON DELETE SET DEFAULT with a real default moves patients to a place where they never were.',
});
