import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../database/cluster.ts';
import { openTap, type Tap } from '../../database/tap.ts';
import { loopedStatements, ownFunctions } from '../../harness/queries/functions.ts';
import { queriesOf } from '../../harness/queries/query.ts';
import { loadGrammar } from '../../harness/sql/shape.ts';
import { type RunningCluster, startCluster } from '../database/running-cluster.ts';

let running: RunningCluster;
let database: Database;
let tap: Tap;
let client: pg.Client;

beforeAll(async () => {
  [running] = await Promise.all([startCluster(), loadGrammar()]);
  database = await running.fresh();
  await database.query(SCHEMA);
  await ownFunctions({ database });
  tap = await openTap(database.target);
  client = new pg.Client(tap.url);
  client.on('error', () => {});
  await client.connect();
}, 60_000);

afterAll(async () => {
  await client.end();
  await tap.close();
  await database.drop();
  await running.close();
});

test('the statements of a loop in a function are told, and those of a function without one are not', async () => {
  const functions = await ownFunctions({ database });
  expect(functions.map(({ name }) => name).sort()).toEqual(['in_a_loop', 'once_each', 'put_together']);
  const looped = async (sql: string) =>
    loopedStatements(await told(() => client.query(sql)), functions).map(({ times }) => times);
  // A statement for each of four rows, and the counter of the loop is none.
  expect(await looped('SELECT in_a_loop()')).toEqual([4]);
  expect(await looped('SELECT put_together()')).toEqual([4]);
  expect(await looped('SELECT id, once_each(id) FROM things')).toEqual([]);
});

test('a cursor over the wire is one query, with all its rows', async () => {
  const names = new Set<string>();
  const statements = await told(async () => {
    await client.query('BEGIN');
    await client.query('DECLARE all_things CURSOR FOR SELECT * FROM things');
    for (let turn = 0; turn < 3; turn += 1) await client.query('FETCH 2 FROM all_things');
    await client.query('COMMIT');
  });
  expect(queriesOf(statements, names).map(({ relations }) => relations)).toEqual([['things']]);
  expect(statements.reduce((sum, { rows }) => sum + rows, 0)).toBe(4);
});

test('a function of the database is a query, though it names no table', async () => {
  const names = new Set((await ownFunctions({ database })).map(({ name }) => name));
  const statements = await told(() => client.query('SELECT once_each($1), now()', [1]));
  expect(queriesOf(statements, names)).toMatchObject([{ relations: ['once_each()'] }]);
});

async function told(work: () => Promise<unknown>) {
  tap.take();
  await work();
  await tap.idle();
  return tap.take();
}

const SCHEMA = `
  CREATE TABLE things AS SELECT n AS id, 'thing ' || n AS name FROM generate_series(1, 4) AS n;
  GRANT SELECT ON things TO PUBLIC;
  CREATE FUNCTION once_each(thing integer) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
    BEGIN RETURN (SELECT count(*) FROM things WHERE id <> thing); END $$;
  CREATE FUNCTION in_a_loop() RETURNS bigint LANGUAGE plpgsql STABLE AS $$
    DECLARE t record; n bigint; total bigint := 0;
    BEGIN
      FOR t IN SELECT * FROM things LOOP
        SELECT count(*) INTO n FROM things WHERE id <> t.id;
        total := total + n;
      END LOOP;
      RETURN total;
    END $$;
  CREATE FUNCTION put_together() RETURNS bigint LANGUAGE plpgsql STABLE AS $$
    DECLARE t record; n bigint;
    BEGIN
      FOR t IN SELECT * FROM things LOOP
        EXECUTE 'SELECT count(*) FROM ' || 'things WHERE id <> $1' INTO n USING t.id;
      END LOOP;
      RETURN n;
    END $$;`;
