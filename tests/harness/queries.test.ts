import { beforeAll, describe, expect, test } from 'vitest';
import { askedAt } from '../../harness/queries/asked-at.ts';
import { loopedStatements } from '../../harness/queries/functions.ts';
import { growthBetween, rephrasedAmong, twinsAmong, withoutControl } from '../../harness/queries/groups.ts';
import { queriesOf } from '../../harness/queries/query.ts';
import { loadGrammar } from '../../harness/sql/shape.ts';
import { statement } from './queries-statement.ts';

beforeAll(loadGrammar);

const NONE = new Set<string>();
const asked = (...sql: readonly string[]) =>
  queriesOf(
    sql.map((text) => statement(text)),
    NONE,
  );

describe('what counts as a query', () => {
  test.each([
    'BEGIN ISOLATION LEVEL REPEATABLE READ',
    'COMMIT',
    'ROLLBACK TO SAVEPOINT here',
    "SET LOCAL statement_timeout = '5s'",
    'SHOW search_path',
    'DISCARD ALL',
    'PREPARE one AS SELECT * FROM facilities',
    'DEALLOCATE one',
    'FETCH 50 FROM cursor_of_mine',
    'CLOSE cursor_of_mine',
    'LISTEN changes',
    'SELECT 1',
    "SELECT set_config('app.doctor', '3', true)",
    'SELECT oid, typname FROM pg_type WHERE typtype = $1',
    'SELECT column_name FROM information_schema.columns',
    '',
    '-- nothing',
  ])('the noise of a session does not: %s', (sql) => {
    expect(asked(sql)).toEqual([]);
  });

  test.each([
    ['SELECT * FROM facilities', ['facilities']],
    ['WITH many AS (SELECT * FROM notes) SELECT count(*) FROM many', ['notes']],
    ['INSERT INTO access_log (path) VALUES ($1)', ['access_log']],
    ['UPDATE doctors SET name = $1', ['doctors']],
    ['DECLARE c CURSOR FOR SELECT * FROM facilities', ['facilities']],
    ['CREATE TEMP TABLE t AS SELECT * FROM patients', ['patients']],
    ['SELECT * FROM a JOIN b USING (id), LATERAL (SELECT * FROM c) x', ['a', 'b', 'c']],
    ['EXECUTE one(3)', []],
  ])('a question about records does: %s', (sql, relations) => {
    expect(asked(sql).map((query) => query.relations)).toEqual([relations]);
  });

  test('a function of PostgreSQL reads nothing, and one of the learner may', () => {
    const statements = [statement('SELECT how_many($1)'), statement('SELECT now()')];
    const queries = queriesOf(statements, new Set(['how_many']));
    expect(queries.map((query) => query.relations)).toEqual([['how_many()']]);
  });

  test('several statements in one text are several queries, each with its own text', () => {
    const text = "BEGIN; SELECT 'Jürgen' FROM a; SELECT 2 FROM b WHERE c = 'ö'; COMMIT";
    expect(asked(text).map((query) => query.sql.trim())).toEqual([
      "SELECT 'Jürgen' FROM a",
      "SELECT 2 FROM b WHERE c = 'ö'",
    ]);
  });

  test('a statement that failed is none, and one that no grammar knows is one', () => {
    const failed = statement('SELECT * FROM a', [], { error: { code: '42P01', message: 'no' } });
    expect(queriesOf([failed], NONE)).toEqual([]);
    expect(asked('SELEKT * FROM a')).toMatchObject([{ relations: ['?'], sql: 'SELEKT * FROM a' }]);
  });

  test('a cursor that is read in turns is one query', () => {
    const turn = (tag: string | null) => statement('SELECT * FROM notes', ['3'], { tag, rows: 50 });
    expect(queriesOf([turn(null), turn(null), turn('SELECT 20')], NONE)).toHaveLength(1);
    expect(queriesOf([turn('SELECT 50'), turn('SELECT 50')], NONE)).toHaveLength(2);
  });
});

describe('queries that belong together', () => {
  const ask = (sql: string, ...parameters: readonly string[]) =>
    queriesOf([statement(sql, parameters)], NONE);

  test('twins are the same question, whatever its spacing, comments and letters', () => {
    const queries = [
      ...ask('SELECT * FROM facilities WHERE id = $1', '3'),
      ...ask('select *  from Facilities /* again */ where id = $1', '3'),
      ...ask('SELECT * FROM facilities WHERE id = $1', '4'),
      ...ask('SELECT * FROM doctors WHERE id = 5'),
      ...ask('SELECT * FROM doctors WHERE id = 6'),
    ];
    expect(twinsAmong(queries).map((group) => group.map((query) => query.values))).toEqual([
      ['[[],["3"]]', '[[],["3"]]'],
    ]);
  });

  test('a table that is read in other words, with the same values, is found', () => {
    const queries = [
      ...ask('SELECT name FROM facilities WHERE id = $1', '3'),
      ...ask('SELECT phone FROM facilities WHERE id = $1', '3'),
      ...ask('SELECT phone FROM facilities WHERE id = $1', '4'),
      ...ask('SELECT * FROM facilities JOIN doctors USING (id) WHERE id = $1', '3'),
    ];
    expect(rephrasedAmong(queries).map((group) => group.length)).toEqual([2]);
  });

  test('growth is told by fingerprint, for constants in the text and lists of any length too', () => {
    const few = [...ask('SELECT * FROM a WHERE id = 1'), ...ask('SELECT * FROM b WHERE id IN (1, 2)')];
    const many = [
      ...ask('SELECT * FROM a WHERE id = 1'),
      ...ask('SELECT * FROM a WHERE id = 2'),
      ...ask('SELECT * FROM a WHERE id = 3'),
      ...ask('SELECT * FROM b WHERE id IN (1, 2, 3, 4)'),
      ...ask('SELECT * FROM c'),
    ];
    const grown = growthBetween(few, many).map(({ queries, from, to }) => [
      queries[0].relations[0],
      from,
      to,
    ]);
    expect(grown).toEqual([
      ['a', 1, 3],
      ['c', 0, 1],
    ]);
  });

  test('of what every page asks, as many are taken off as every page asks', () => {
    const session = ask('SELECT * FROM doctors WHERE id = $1', '7');
    expect(withoutControl([...session, ...session], session)).toHaveLength(1);
    expect(withoutControl(session, [...session, ...session])).toHaveLength(0);
  });
});

describe('statements inside functions', () => {
  const looping = {
    name: 'overview',
    language: 'plpgsql',
    source:
      'BEGIN FOR f IN SELECT * FROM facilities LOOP\n  SELECT count(*)\n  INTO n FROM notes; END LOOP; END',
  };
  const called = (nested: readonly string[]) => [statement('SELECT overview()', [], { nested })];
  const turn = 'SELECT count(*) INTO n FROM notes';

  test('of a loop are counted', () => {
    expect(loopedStatements(called([turn, turn, turn, 'SELECT overview()']), [looping])).toEqual([
      { sql: turn, function: 'overview', times: 3 },
    ]);
  });

  test('of a loop that puts its text together are counted as well', () => {
    const text = 'SELECT count(*) FROM notes WHERE facility_name = $1';
    expect(loopedStatements(called([text, text]), [looping])).toMatchObject([{ times: 2 }]);
  });

  test('of a function that is called for each row are not, whatever other functions there are', () => {
    const each = { name: 'each', language: 'sql', source: ` ${turn} -- no loop here` };
    expect(loopedStatements(called([turn, turn]), [each])).toEqual([]);
    const other = { ...looping, source: 'BEGIN LOOP EXIT; END LOOP; END' };
    expect(loopedStatements(called([turn, turn]), [other, each])).toEqual([]);
  });
});

describe('the place where a query is asked', () => {
  const sources = {
    paths: ['app/README.md', 'app/src/a.ts'],
    text: (path: string) =>
      path.endsWith('.ts') ? 'const a = 1;\nawait ask(`SELECT id, name FROM facilities ${order}`);\n' : '',
  };

  test('is found by the beginning of its text', () => {
    expect(askedAt(sources, 'SELECT id, name FROM facilities ORDER BY name')).toEqual({
      file: 'app/src/a.ts',
      line: 2,
    });
  });

  test('is unknown when no file holds more of it than half of all queries begin with', () => {
    expect(askedAt(sources, 'SELECT id, name FROM doctors')).toBeNull();
    expect(askedAt(sources, 'select "facilities".* from "facilities"')).toBeNull();
  });
});
