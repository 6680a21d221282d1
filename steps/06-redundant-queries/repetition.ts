import { rephrasedAmong, twinsAmong } from '../../harness/queries/groups.ts';
import type { Query } from '../../harness/queries/query.ts';
import type { Run } from '../../harness/run.ts';
import type { Visit } from './visits.ts';
import { MOST_QUERIES, placed, short, shownOf, times, VIEW } from './wording.ts';

/** Nothing is asked twice in one request, in the same words or in others. */
export function expectNoTwins(run: Run, { exchange, queries }: Visit): void {
  const twins = twinsAmong(queries);
  if (twins.length > 0) {
    run.report({
      ruleId: 'queries/duplicate',
      message: `${exchange.path} asks the database ${times(twins[0]?.length ?? 0)} for the same thing.`,
      tried: `${exchange.method} ${exchange.path}`,
      expected: 'Each question once: a query and its parameters are in a request one time.',
      observed: twins.map((group) => `${times(group.length)}: ${short(group[0])}`).join('\n'),
      why: 'Each query is a way to the database and back. The answer was there already, in a variable.',
      ...placed(run, twins[0]?.[0]),
      evidence: [shownOf(exchange)],
    });
    return;
  }
  const rephrased = rephrasedAmong(queries).find((group) => group.length > 2 || bringSameRows(group));
  if (rephrased !== undefined) {
    run.report({
      ruleId: 'queries/same-rows',
      message: `${exchange.path} reads ${rephrased[0]?.relations[0] ?? ''} ${times(rephrased.length)}, each time in other words.`,
      tried: `${exchange.method} ${exchange.path}`,
      expected: 'One query that brings all the columns that the page needs.',
      observed: rephrased.map(short).join('\n'),
      why: 'Other columns, another order or another alias make another text of it, and still the same way to the same rows.',
      ...placed(run, rephrased[0]),
      evidence: [shownOf(exchange)],
    });
    return;
  }
}

/** Without loops and twins there can be too much of it, too. */
export function expectFewQueries(run: Run, { exchange, queries }: Visit): void {
  if (queries.length <= MOST_QUERIES) return;
  run.report({
    ruleId: 'queries/too-many',
    message: `${exchange.path} asks the database ${queries.length} things.`,
    tried: `${exchange.method} ${exchange.path}`,
    expected: `At most ${MOST_QUERIES} queries; three or four are enough for this page.`,
    observed: queries.map(short).join('\n'),
    location: VIEW,
    evidence: [shownOf(exchange)],
  });
}

/** Lists of the same length, and no mere counts. */
function bringSameRows(group: readonly Query[]): boolean {
  const rows = group.map(({ statement }) => statement.rows).filter((count) => count > 1);
  return new Set(rows).size < rows.length;
}
