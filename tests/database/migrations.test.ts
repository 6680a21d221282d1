import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../database/cluster.ts';
import { applyMigrations, MigrationError } from '../../database/migrations.ts';
import { askAsClinic, type RunningCluster, startCluster } from './running-cluster.ts';

let running: RunningCluster;
let database: Database;
beforeAll(async () => {
  running = await startCluster();
});
beforeEach(async () => {
  database = await running.fresh();
});
afterEach(() => database.drop());
afterAll(() => running.close());

it('applies files in order, as the clinic’s role, each whole or not at all', async () => {
  await applyMigrations(database, [
    { path: '1.sql', sql: 'CREATE TABLE a (id int)' },
    { path: '2.sql', sql: 'BEGIN; ALTER TABLE a ADD name text; COMMIT;' },
  ]);
  expect((await database.query("SELECT tableowner FROM pg_tables WHERE tablename = 'a'")).rows).toEqual([
    { tableowner: running.cluster.role.name },
  ]);
  await refusal('CREATE TABLE b (id int); SELECT nope');
  expect(
    (await askAsClinic(database, "SELECT to_regclass('b') AS b, count(name) FROM a")).rows[0],
  ).toMatchObject({ b: null });
});

it.each([
  ['a syntax error', 'CREATE TABLE a (x int);\nCREAT TABLE b ();', 2, 1, '42601'],
  ['characters that take more than one byte or unit', "SELECT 'é😀', nope", 1, 14, '42703'],
  ['lines that end as on Windows', 'SELECT 1;\r\n-- two\r\n  SELECT nope;\r\n', 3, 10, '42703'],
  ['a byte order mark', '\uFEFFSELECT nope', 1, 8, '42703'],
])('says line and column with %s', async (_what, sql, line, column, code) => {
  expect(await refusal(sql)).toMatchObject({ file: 'broken.sql', line, column, code });
});

it('names the statement that was running when the server names no position', async () => {
  const sql = "CREATE TABLE a (x int NOT NULL);\n\n-- é\n  INSERT INTO a VALUES (NULL);\nSELECT 'after';";
  expect(await refusal(sql)).toMatchObject({
    message: 'null value in column "x" of relation "a" violates not-null constraint',
    detail: 'Failing row contains (null).',
    line: 4,
    column: 3,
    code: '23502',
  });
});

it('says that a transaction was left open', async () => {
  expect(await refusal('BEGIN;\nCREATE TABLE a ();\n')).toMatchObject({ line: 2, column: 19, code: '25001' });
});

it('ends a migration that waits for a lock', { timeout: 30_000 }, async () => {
  await askAsClinic(database, 'CREATE TABLE locked ()');
  const holder = await database.asClinic();
  await holder.query('BEGIN; LOCK TABLE locked');
  expect(await refusal('SELECT 1;\nALTER TABLE locked ADD x int')).toMatchObject({
    message: 'canceling statement due to lock timeout after 10 s',
    line: 2,
    code: '55P03',
  });
  await holder.end();
});

async function refusal(sql: string): Promise<MigrationError> {
  const error: unknown = await applyMigrations(database, [{ path: 'broken.sql', sql }]).catch(
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof MigrationError)) throw new Error(`expected a MigrationError, got ${String(error)}`);
  return error;
}
