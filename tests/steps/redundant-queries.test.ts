import { beforeAll, expect, test } from 'vitest';
import { queriesOf } from '../../harness/queries/query.ts';
import { createRandom } from '../../harness/random.ts';
import type { Reported, Run } from '../../harness/run.ts';
import { loadGrammar } from '../../harness/sql/shape.ts';
import type { Exchange } from '../../harness/visit.ts';
import { expectFresh, expectRight } from '../../steps/06-redundant-queries/answers.ts';
import { expectFewRows, expectSmallControl } from '../../steps/06-redundant-queries/elsewhere.ts';
import { expectNoGrowth } from '../../steps/06-redundant-queries/growth.ts';
import { expectFewQueries, expectNoTwins } from '../../steps/06-redundant-queries/repetition.ts';
import type { Visit } from '../../steps/06-redundant-queries/visits.ts';
import { statement } from '../harness/queries-statement.ts';

beforeAll(loadGrammar);

test('a page that asks for the same thing twice is told which', () => {
  const visit = visited([LIST, LIST, ['SELECT * FROM doctors', []]]);
  expect(told((run) => expectNoTwins(run, visit))).toMatchInlineSnapshot(`
    "queries/duplicate
    /facilities asks the database twice for the same thing.
    expected: Each question once: a query and its parameters are in a request one time.
    observed: twice: SELECT * FROM facilities ORDER BY name, id"
  `);
});

test('asking for each column alone is the same thing in other words', () => {
  const visit = visited([
    ['SELECT name FROM facilities WHERE id = $1', ['3']],
    ['SELECT phone FROM facilities WHERE id = $1', ['3']],
    ['SELECT address FROM facilities WHERE id = $1', ['3']],
  ]);
  expect(told((run) => expectNoTwins(run, visit))).toMatchInlineSnapshot(`
    "queries/same-rows
    /facilities reads facilities 3 times, each time in other words.
    expected: One query that brings all the columns that the page needs.
    observed: SELECT name FROM facilities WHERE id = $1
    SELECT phone FROM facilities WHERE id = $1
    SELECT address FROM facilities WHERE id = $1"
  `);
});

test('a count beside a list of the same table is no repetition', () => {
  const visit = visited([LIST, ['SELECT count(*) FROM facilities', []]]);
  expect(told((run) => expectNoTwins(run, visit))).toBe('');
});

test('a query for each record is told with how it grew', () => {
  const doctors = (id: number): Asked => ['SELECT * FROM doctors WHERE id = $1', [String(id)]];
  const few = visited([LIST, doctors(1)]);
  const many = visited([LIST, ...Array.from({ length: 9 }, (_, id) => doctors(id))]);
  expect(told((run) => expectNoGrowth(run, [few, 'one'], [many, 'nine'], 3))).toMatchInlineSnapshot(`
    "queries/n-plus-one
    With one the page took 2 queries, with nine it takes 10.
    expected: The same number of queries, however many records there are.
    observed: 1 → 9: SELECT * FROM doctors WHERE id = $1"
  `);
  expect(told((run) => expectNoGrowth(run, [many, 'nine'], [many, 'nine'], 3))).toBe('');
});

test('a loop in a function is told with the function', () => {
  const looped = (times: number) => ({
    ...visited([LIST]),
    looped: [{ sql: 'SELECT count(*) FROM notes', function: 'overview', times }],
  });
  const grown = told((run) => expectNoGrowth(run, [looped(3), 'three'], [looped(12), 'twelve'], 3));
  expect(grown).toMatchInlineSnapshot(`
    "queries/loop-in-function
    The loop has moved into the function overview, which runs the same statement 12 times.
    expected: The same number of statements inside the function, however many records there are.
    observed: 12 times: SELECT count(*) FROM notes"
  `);
  expect(told((run) => expectNoGrowth(run, [looped(3), 'three'], [looped(4), 'four'], 3))).toBe('');
});

test('too many questions are too many, though each is another', () => {
  const tables = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
  const visit = visited(tables.map((table): Asked => [`SELECT * FROM ${table}`, []]));
  expect(told((run) => expectFewQueries(run, visit))).toContain('queries/too-many');
  expect(told((run) => expectFewQueries(run, { ...visit, queries: visit.queries.slice(1) }))).toBe('');
});

test('a loop in front of every page is found on the control page', () => {
  const control = (count: number) =>
    visited(
      Array.from({ length: count }, (_, id): Asked => ['SELECT * FROM doctors WHERE id = $1', [`${id}`]]),
    );
  expect(told((run) => expectSmallControl(run, control(4), control(7)))).toContain(
    'queries/in-every-request',
  );
  expect(told((run) => expectSmallControl(run, control(2), control(2)))).toBe('');
});

test('rows that come with other records are told', () => {
  const [before, after] = [
    { ...visited([LIST]), rows: 20 },
    { ...visited([LIST]), rows: 28 },
  ];
  expect(told((run) => expectFewRows(run, before, after, 8))).toMatchInlineSnapshot(`
    "queries/rows-moved
    /facilities fetches rows that it does not show: 20 before, 28 after 8 patients and 8 notes were added at one facility.
    expected: As many rows as before: what the page shows did not become more.
    observed: 8 rows more. The most come from: SELECT * FROM facilities ORDER BY name, id"
  `);
  expect(told((run) => expectFewRows(run, before, { ...after, rows: 24 }, 8))).toBe('');
});

test('a wrong number and an old number have names of their own', () => {
  const shows = (expected: string, observed: string) => ({
    ...visited([LIST]),
    expected: new Map([['patient-total', expected]]),
    observed: new Map([['patient-total', observed]]),
  });
  const [before, old, wrong] = [shows('3', '3'), shows('4', '3'), shows('4', '7')];
  expect(told((run) => expectFresh(run, 'list', [before], old))).toMatchInlineSnapshot(`
    "queries/stale
    The database has changed, and /facilities shows what it said before.
    expected: patient-total: 4
    observed: patient-total: 3"
  `);
  expect(told((run) => expectFresh(run, 'list', [before], wrong))).toMatchInlineSnapshot(`
    "queries/wrong-list
    The list of facilities shows something that the database does not say: patient-total.
    expected: patient-total: 4
    observed: patient-total: 7"
  `);
  expect(told((run) => expectRight(run, 'list', before))).toBe('');
});

type Asked = readonly [sql: string, parameters: readonly string[]];

const LIST: Asked = ['SELECT * FROM facilities ORDER BY name, id', []];

function visited(asked: readonly Asked[]): Visit {
  const statements = asked.map(([sql, parameters]) => statement(sql, parameters));
  const exchange: Exchange = {
    method: 'GET',
    path: '/facilities',
    status: 200,
    headers: {},
    body: '',
    milliseconds: 1,
    statements,
    page: () => expect.fail('no page is read here'),
    evidence: () => ({ kind: 'comparison', expected: '', observed: '' }),
  };
  const nothing = new Map<string, string>();
  const queries = queriesOf(statements, new Set());
  return { exchange, queries, rows: statements.length, looped: [], expected: nothing, observed: nothing };
}

/** What was reported, in lines; nothing when nothing was. */
function told(check: (run: Run) => unknown): string {
  const reported: Reported[] = [];
  const unused = () => expect.fail('no clinic runs here');
  check({
    random: createRandom(1),
    signal: new AbortController().signal,
    sources: { paths: [], text: () => null },
    clinic: unused,
    database: unused,
    migrateOther: unused,
    once: unused,
    report: (finding) => void reported.push(finding),
    show: () => undefined,
  });
  return reported
    .map((f) => [f.ruleId, f.message, `expected: ${f.expected}`, `observed: ${f.observed}`].join('\n'))
    .join('\n\n');
}
