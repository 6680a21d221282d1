import { twinsAmong } from '../../harness/queries/groups.ts';
import type { Query } from '../../harness/queries/query.ts';
import type { Run } from '../../harness/run.ts';
import type { Control, Visit } from './visits.ts';
import { MOST_GROUPS, MOST_QUERIES, placed, short, shownOf } from './wording.ts';

/** What every request asks stays small, whatever the clinic holds: else the loop has only moved in front of the page. */
export function expectSmallControl(run: Run, before: Control, after: Control): void {
  const grows = after.queries.length > before.queries.length + 1;
  const twins = twinsAmong(after.queries);
  if (!grows && twins.length === 0 && after.queries.length <= MOST_QUERIES) return;
  run.report({
    ruleId: 'queries/in-every-request',
    message: `Every request, GET /healthz too, asks the database ${after.queries.length} things.`,
    tried: 'GET /healthz with a doctor’s cookie, with three facilities and with twelve',
    expected: 'What a session needs: a query or two, each once, and no more with more facilities.',
    observed: `${before.queries.length} queries with three facilities, ${after.queries.length} with twelve:\n${after.queries.slice(0, MOST_GROUPS).map(short).join('\n')}`,
    why: 'What runs before every page is taken off the count of this one. A loop that moves there slows all pages.',
    ...placed(run, (twins[0] ?? after.queries)[0]),
    evidence: [shownOf(after.exchange)],
  });
}

/** More records elsewhere, or behind the numbers, move no more rows. */
export function expectFewRows(run: Run, before: Visit, after: Visit, added: number): void {
  const more = after.rows - before.rows;
  if (more * 2 <= added) return;
  const { exchange } = after;
  const grown = (query: Query) => rowsBy(after, query) - rowsBy(before, query);
  const [heaviest] = [...after.queries].sort((a, b) => grown(b) - grown(a));
  run.report({
    ruleId: 'queries/rows-moved',
    message: `${exchange.path} fetches rows that it does not show: ${before.rows} before, ${after.rows} after ${added} patients and ${added} notes were added at one facility.`,
    tried: `${exchange.method} ${exchange.path}, before and after ${added} patients with a note each were added at one facility`,
    expected: 'As many rows as before: what the page shows did not become more.',
    observed: `${more} rows more. The most come from: ${heaviest === undefined ? 'a function' : short(heaviest)}`,
    why: 'Rows that are fetched to be counted or thrown away are read, sent and turned into objects, for every visitor. A clinic gets more notes every day: let the database count, and choose.',
    ...placed(run, heaviest),
    evidence: [shownOf(exchange)],
  });
}

const rowsBy = ({ queries }: Visit, { fingerprint }: Query) =>
  queries.reduce((sum, query) => sum + (query.fingerprint === fingerprint ? query.statement.rows : 0), 0);
