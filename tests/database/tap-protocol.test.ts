import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../database/cluster.ts';
import type { Tap } from '../../database/tap.ts';
import {
  bind,
  connectRaw,
  encryptionRequest,
  execute,
  login,
  message,
  parse,
  query,
  type RawClient,
  sync,
} from './raw-client.ts';
import { type RunningCluster, startCluster } from './running-cluster.ts';
import { loginRaw, openTrustingTap, told } from './trusting-tap.ts';

let running: RunningCluster;
let database: Database;
let tap: Tap;
let client: RawClient;
beforeAll(async () => {
  running = await startCluster();
  database = await running.fresh();
});
beforeEach(async () => {
  tap = await openTrustingTap(database.target);
  client = await loginRaw(tap, database.target);
});
afterEach(async () => {
  expect(tap.fault).toBeNull();
  await tap.close();
});
afterAll(() => running.close());

const answered = { parameters: [], rows: 0, tag: null, error: null };

it('several statements in one message stay one text, with all tags, rows and the error', async () => {
  client.send(query('SELECT 1; SELECT 2 UNION SELECT 3; SELECT 1/0'));
  await client.until('Z');
  expect(await told(tap)).toEqual([
    {
      ...answered,
      sql: 'SELECT 1; SELECT 2 UNION SELECT 3; SELECT 1/0',
      rows: 3,
      tag: 'SELECT 1; SELECT 2',
      error: '22012',
    },
  ]);
});

it('batches that are sent before the first answer came keep their rows apart', async () => {
  for (const count of ['1', '2', '3']) {
    client.send(parse('', 'SELECT generate_series(1, $1::int)'), bind('', '', count), execute(''), sync());
  }
  for (let answers = 0; answers < 3; answers += 1) await client.until('Z');
  expect((await told(tap)).map(({ parameters, rows, tag }) => [parameters[0], rows, tag])).toEqual([
    ['1', 1, 'SELECT 1'],
    ['2', 2, 'SELECT 2'],
    ['3', 3, 'SELECT 3'],
  ]);
});

it('messages that come byte by byte are read the same', async () => {
  for (const byte of Buffer.concat([parse('', 'SELECT $1::text'), bind('', '', 'é'), execute(''), sync()])) {
    client.send(Buffer.from([byte]));
  }
  await client.until('Z');
  expect(await told(tap)).toEqual([
    { ...answered, sql: 'SELECT $1::text', parameters: ['é'], rows: 1, tag: 'SELECT 1' },
  ]);
});

it('a refused Parse is laid to its Execute, and what the server passed over is left out', async () => {
  client.send(parse('', 'SELEC $1'), bind('', '', 'x'), execute(''));
  client.send(parse('', 'SELECT 2'), bind('', '', ...[]), execute(''), sync());
  await client.until('Z');
  expect(await told(tap)).toEqual([{ ...answered, sql: 'SELEC $1', parameters: ['x'], error: '42601' }]);
});

it('a refused Parse that nobody executes is recorded for itself', async () => {
  client.send(parse('named', 'SELECT nowhere'), sync());
  await client.until('Z');
  expect(await told(tap)).toEqual([{ ...answered, sql: 'SELECT nowhere', error: '42703' }]);
});

it('what is sent after an error and before the Sync is passed over, also when it comes later', async () => {
  client.send(parse('', 'SELEC'), message('H'));
  await client.until('E');
  client.send(bind('', '', ...[]), execute(''));
  client.send(sync(), query('SELECT 5'));
  await client.until('Z');
  await client.until('Z');
  expect((await told(tap)).map(({ sql, error }) => [sql, error])).toEqual([
    ['SELEC', '42601'],
    ['SELECT 5', null],
  ]);
});

it('a name that was refused a second statement keeps its first', async () => {
  client.send(parse('kept', 'SELECT 1'), sync());
  await client.until('Z');
  client.send(parse('kept', 'SELECT 2'), sync(), bind('', 'kept', ...[]), execute(''), sync());
  await client.until('Z');
  await client.until('Z');
  expect((await told(tap)).map(({ sql, error }) => [sql, error])).toEqual([
    ['SELECT 1', null],
    ['SELECT 2', '42P05'],
  ]);
});

it('a portal that is read in parts is a statement a part', async () => {
  client.send(
    parse('', 'SELECT generate_series(1, 5)'),
    bind('p', '', ...[]),
    execute('p', 3),
    execute('p', 3),
    sync(),
  );
  await client.until('Z');
  expect((await told(tap)).map(({ rows, tag }) => [rows, tag])).toEqual([
    [3, null],
    [2, 'SELECT 2'],
  ]);
});

it('an empty query, a closed statement and a described one leave the count right', async () => {
  client.send(query(''), parse('d', 'SELECT 1 AS one'), message('D', Buffer.from('S'), 'd'), sync());
  client.send(message('C', Buffer.from('S'), 'd'), sync(), query('SELECT 6'));
  for (let answers = 0; answers < 4; answers += 1) await client.until('Z');
  expect((await told(tap)).map(({ sql, rows }) => [sql, rows])).toEqual([
    ['', 0],
    ['SELECT 6', 1],
  ]);
});

it('an error at the end of a batch is laid to its last statement', async () => {
  client.send(query('CREATE TABLE deferred (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)'));
  await client.until('Z');
  client.send(parse('', 'INSERT INTO deferred VALUES (1), (1)'), bind('', '', ...[]), execute(''), sync());
  await client.until('Z');
  expect((await told(tap)).at(-1)).toMatchObject({
    sql: 'INSERT INTO deferred VALUES (1), (1)',
    error: '23505',
  });
});

it('a function that reports its statements by notices has them nested', async () => {
  client.send(
    query("LOAD 'auto_explain'; SET auto_explain.log_min_duration = 0; SET client_min_messages = log"),
  );
  client.send(query('SET auto_explain.log_nested_statements = on'));
  client.send(query('DO $$ BEGIN PERFORM relname\nFROM pg_class WHERE oid = 1; END $$'));
  for (let answers = 0; answers < 3; answers += 1) await client.until('Z');
  await tap.idle();
  expect(
    tap
      .take()
      .at(-1)
      ?.nested?.map((sql) => sql.replace(/^PERFORM/, 'SELECT')),
  ).toEqual([expect.stringContaining('relname\nFROM pg_class WHERE oid = 1')]);
});

it('declines encryption and goes on in clear', async () => {
  const plain = await connectRaw(tap.url);
  plain.send(encryptionRequest());
  while (plain.text !== 'N') await new Promise((resolve) => plain.socket.once('data', resolve));
  plain.socket.destroy();
});

it.each([
  ['another role', ['postgress', '']],
  ['another database', ['', 'postgres']],
])('refuses %s before the server hears of it', async (_what, [role, name]) => {
  const stranger = await connectRaw(tap.url);
  stranger.send(login(role || database.target.address.user, name || database.name));
  expect(await stranger.until(null)).toBe('E');
  expect(stranger.text).toContain('C28000');
});

it('cuts off what does not speak the protocol', async () => {
  const browser = await connectRaw(tap.url);
  browser.send(Buffer.from('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'));
  expect(await browser.until(null)).toBe('');
});

it('a bug in the reading is kept as the fault, and the bytes still flow', async () => {
  client.send(Buffer.concat([message('B', 'p', 'unknown', 0x7fff), sync()]));
  expect(await client.until('Z')).toBe('EZ');
  client.send(query('SELECT 7'));
  expect(await client.until('Z')).toBe('TDCZ');
  await tap.idle();
  expect(tap.fault).toBeInstanceOf(Error);
  await tap.close();
  tap = await openTrustingTap(database.target);
});

it('is idle at once when nothing runs, and not before a statement has ended', async () => {
  await tap.idle();
  client.send(query('SELECT pg_sleep(0.1)'));
  while (tap.take().length === 0) await new Promise(setImmediate);
  client.send(query('SELECT 8'));
  await tap.idle();
  expect(await client.until('Z')).toBe('TDCZ');
});

it('cancels the statement of a client that went away', async () => {
  client.send(query('SELECT pg_sleep(60)'));
  while (tap.take().length === 0) await new Promise(setImmediate);
  client.socket.destroy();
  await tap.idle();
  const { rows } = await database.query(
    `DO $$ BEGIN WHILE EXISTS (SELECT FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)') LOOP
      PERFORM pg_stat_clear_snapshot(); END LOOP; END $$`,
  );
  expect(rows).toEqual([]);
  expect(tap.connections).toBe(0);
});
