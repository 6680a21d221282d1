import { describe, expect, test } from 'vitest';
import { builtAt } from '../../../harness/sql/built-at.ts';
import { allStatements, statementEvidence } from '../../../harness/sql/statement-evidence.ts';
import { twinsOf } from '../../../harness/sql/twins.ts';

const STATEMENT = {
  seq: 1,
  connection: 1,
  sql: "SELECT 'QWRT'' x' OR 'qwrt'",
  parameters: ['a', null],
  rows: 2,
  at: 100.004,
  milliseconds: 1.2345,
  tag: 'SELECT 2',
  error: null,
  protocol: 'extended',
} as const;
const SOUGHT = { text: "qwrt'' x", marker: 'qwrt', label: 'the name' };

describe('statement evidence', () => {
  test('marks the whole input where it stands in the text, in any case', () => {
    const { marks, statements } = statementEvidence('GET /', [STATEMENT], SOUGHT);
    expect(marks).toEqual([{ statement: 0, start: 8, end: 16, label: 'the name' }]);
    expect(statements).toEqual([
      { sql: STATEMENT.sql, parameters: ['a', null], rows: 2, milliseconds: 1.23, startedAt: 0, error: null },
    ]);
  });

  test('marks the marker where only a part arrived, and nothing where nothing did', () => {
    const part = statementEvidence('GET /', [STATEMENT], { ...SOUGHT, text: 'qwrt; DROP' });
    expect(part.marks.map(({ start, end }) => [start, end])).toEqual([
      [8, 12],
      [22, 26],
    ]);
    expect(statementEvidence('GET /', [STATEMENT], { ...SOUGHT, text: 'z', marker: 'zz' }).marks).toEqual([]);
  });

  test('puts what ran inside a function behind its statement, once', () => {
    const outer = { ...STATEMENT, nested: [STATEMENT.sql, 'SELECT inner'] };
    expect(allStatements([outer]).map(({ sql }) => sql)).toEqual([STATEMENT.sql, 'SELECT inner']);
  });
});

test('twins hold the marker, and of the rest only letters, digits and white space', () => {
  expect(twinsOf("qwrt%' OR 1=1 --ü", 'qwrt')).toEqual([
    'qwrtxx OR 1x1 xxü',
    'qwrt   OR 1 1   ü',
    'qwrt OR 11 ü',
  ]);
});

describe('where a statement is built', () => {
  const FILES: Readonly<Record<string, string>> = {
    'app/src/list.ts': "const all = 'SELECT a FROM b ORDER BY c';\n",
    'app/src/search.ts': [
      'const sql =',
      '  `SELECT a FROM b ` +',
      "  `WHERE name ILIKE '%${name}%' ` +",
      '  `ORDER BY ${sort} LIMIT ${limit}`;',
      "const other = 'DELETE FROM b WHERE a = ' + a;",
    ].join('\n'),
    'app/README.md': 'ORDER BY ${sort}',
  };
  const sources = { paths: Object.keys(FILES).sort(), text: (path: string) => FILES[path] ?? null };
  const at = (sql: string) => {
    const place = builtAt(sources, sql.replace('|', ''), sql.indexOf('|'));
    return place === null ? null : `${place.file}:${place.line}`;
  };

  test.each([
    ["SELECT a FROM b WHERE name ILIKE '%|x%' ORDER BY a", 'app/src/search.ts:3'],
    ["SELECT a FROM b WHERE name ILIKE '%x%' ORDER BY |x LIMIT 3", 'app/src/search.ts:4'],
    ['SELECT a FROM b WHERE true ORDER BY "|x" LIMIT 3', 'app/src/search.ts:4'],
    ['DELETE FROM b WHERE a = |x', 'app/src/search.ts:5'],
    ['SELECT a FROM b GROUP BY |x', 'app/src/list.ts:1'],
    ['INSERT INTO c VALUES (|x', null],
  ])('of %s is %s', (sql, place) => expect(at(sql)).toBe(place));
});
