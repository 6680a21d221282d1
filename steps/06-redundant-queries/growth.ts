import { growthBetween } from '../../harness/queries/groups.ts';
import type { Run } from '../../harness/run.ts';
import type { Visit } from './visits.ts';
import { cut, MOST_GROUPS, placed, short, shownOf, times, VIEW } from './wording.ts';

/** More records bring no more queries. `few` and `many`: what there was of them, for the finding. */
export function expectNoGrowth(
  run: Run,
  [before, few]: readonly [Visit, string],
  [after, many]: readonly [Visit, string],
  allowed: number,
): boolean {
  const grown = growthBetween(before.queries, after.queries);
  const { exchange } = after;
  const tried = `${before.exchange.path} with ${few}, ${exchange.path} with ${many}`;
  if (after.queries.length - before.queries.length > allowed) {
    run.report({
      ruleId: 'queries/n-plus-one',
      message: `With ${few} the page took ${before.queries.length} queries, with ${many} it takes ${after.queries.length}.`,
      tried,
      expected: 'The same number of queries, however many records there are.',
      observed: grown
        .slice(0, MOST_GROUPS)
        .map(({ queries, from, to }) => `${from} → ${to}: ${short(queries[0])}`)
        .join('\n'),
      why: 'A query in a loop is one way to the database for each turn. With three hundred turns the page takes seconds, though each query is quick. Promise.all only makes the ways at once.',
      ...placed(run, grown[0]?.queries[0]),
      evidence: [shownOf(exchange)],
    });
    return false;
  }
  const count = (visit: Visit) => visit.looped.reduce((sum, looped) => sum + looped.times, 0);
  const [looped] = after.looped;
  if (looped === undefined || count(after) - count(before) <= allowed) return true;
  run.report({
    ruleId: 'queries/loop-in-function',
    message: `The loop has moved into the function ${looped.function}, which runs the same statement ${times(looped.times)}.`,
    tried,
    expected: 'The same number of statements inside the function, however many records there are.',
    observed: after.looped
      .slice(0, MOST_GROUPS)
      .map(({ sql, times: count }) => `${times(count)}: ${cut(sql)}`)
      .join('\n'),
    why: 'It saves the way to the database, and no more: each turn is planned and run for itself. One query with a join or GROUP BY lets the database take all the rows at once.',
    location: VIEW,
    evidence: [shownOf(exchange)],
  });
  return false;
}
