import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../database/cluster.ts';
import { createSpareDatabase } from '../../harness/spare-database.ts';
import { type RunningCluster, startCluster } from '../database/running-cluster.ts';

let running: RunningCluster;
let observer: Database;
beforeAll(async () => {
  running = await startCluster();
  observer = await running.fresh();
});
afterAll(() => running.close());

/** The names of all databases that are there beside the observer's. */
async function others(): Promise<readonly string[]> {
  const { rows } = await observer.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database WHERE datname LIKE 'second%fresh%' AND datname <> current_database()`,
  );
  return rows.map(({ name }) => name);
}

/** Makes databases, and counts. */
function counted() {
  let made = 0;
  const make = async (): Promise<Database> => {
    made += 1;
    return running.fresh();
  };
  return { make, count: () => made };
}

test('nothing is made ahead before somebody has wanted one', async () => {
  const { make, count } = counted();
  const spare = createSpareDatabase();
  await spare.refill('a', make);
  expect(count()).toBe(0);
  const first = await spare.take('a', make);
  await spare.refill('a', make);
  await spare.refill('a', make);
  expect(count()).toBe(2);
  const second = await spare.take('a', make);
  expect(count()).toBe(2);
  expect(second.name).not.toBe(first.name);
  expect((await second.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  await Promise.all([first.drop(), second.drop(), spare.close()]);
});

test('one of another key is not handed out, and is dropped', async () => {
  const { make, count } = counted();
  const spare = createSpareDatabase();
  await (await spare.take('a', make)).drop();
  await spare.refill('a', make);
  const other = await spare.take('b', make);
  expect(count()).toBe(3);
  await spare.refill('b', make);
  await spare.close();
  expect(await others()).toEqual([other.name]);
  await other.drop();
  expect(await others()).toEqual([]);
});

test('one that could not be made ahead is made when it is taken', async () => {
  const { make, count } = counted();
  const spare = createSpareDatabase();
  await (await spare.take('a', make)).drop();
  await spare.refill('a', () => Promise.reject(new Error('not now')));
  const database = await spare.take('a', make);
  expect(count()).toBe(2);
  await Promise.all([database.drop(), spare.close()]);
});

test('one that somebody has dropped meanwhile is not handed out', async () => {
  const { make, count } = counted();
  const spare = createSpareDatabase();
  await (await spare.take('a', make)).drop();
  await spare.refill('a', make);
  const [name = ''] = await others();
  await observer.query(`DROP DATABASE ${name} WITH (FORCE)`);
  const database = await spare.take('a', make);
  expect(count()).toBe(3);
  expect((await database.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  await Promise.all([database.drop(), spare.close()]);
});
