import { once } from 'node:events';
import { createConnection } from 'node:net';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../database/cluster.ts';
import { openTap, type Tap } from '../../database/tap.ts';
import { type RunningCluster, startCluster } from './running-cluster.ts';
import { told } from './trusting-tap.ts';

let running: RunningCluster;
let database: Database;
let tap: Tap;
let pool: pg.Pool;
beforeAll(async () => {
  running = await startCluster();
});
beforeEach(async () => {
  database = await running.fresh();
  tap = await openTap(database.target);
  pool = new pg.Pool({ connectionString: tap.url });
  pool.on('error', () => undefined);
});
afterEach(async () => {
  expect(tap.fault).toBeNull();
  await pool.end();
  await tap.close();
  await database.drop();
});
afterAll(() => running.close());

it('tells text, parameters, rows, tag and error of what a driver executes', async () => {
  await pool.query('SELECT $1::int AS a, $2::text AS b', [4, null]);
  await pool.query('SELECT $1::bytea', [Buffer.from([0, 255])]);
  await expect(pool.query('SELECT $1::int', ['abc'])).rejects.toMatchObject({ code: '22P02' });
  await expect(pool.query('SELEC 1')).rejects.toMatchObject({ code: '42601' });
  expect(await told(tap)).toEqual([
    {
      sql: 'SELECT $1::int AS a, $2::text AS b',
      parameters: ['4', null],
      rows: 1,
      tag: 'SELECT 1',
      error: null,
    },
    { sql: 'SELECT $1::bytea', parameters: ['00ff'], rows: 1, tag: 'SELECT 1', error: null },
    { sql: 'SELECT $1::int', parameters: ['abc'], rows: 0, tag: null, error: '22P02' },
    { sql: 'SELEC 1', parameters: [], rows: 0, tag: null, error: '42601' },
  ]);
});

it('numbers statements and connections, and times them', async () => {
  await pool.query('SELECT pg_sleep(0.05)');
  await pool.query('SELECT 1');
  await tap.idle();
  const [slow, fast] = tap.take();
  expect(slow).toMatchObject({ seq: 1, connection: 1, protocol: 'simple' });
  expect(fast).toMatchObject({ seq: 2, connection: 1 });
  expect(slow?.milliseconds).toBeGreaterThanOrEqual(50);
  expect(tap.take()).toEqual([]);
});

it('says where in a statement the server saw the error', async () => {
  await pool.query('SELECT é, nope').catch(() => undefined);
  await tap.idle();
  expect(tap.take()[0]?.error).toEqual({ code: '42703', message: 'column "é" does not exist', position: 8 });
});

it('sees kysely as it sees pg', async () => {
  interface Tables {
    people: { id: number; name: string };
  }
  await pool.query('CREATE TABLE people (id int, name text)');
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  await kysely.insertInto('people').values({ id: 1, name: "O'Hara" }).execute();
  await kysely.selectFrom('people').select('name').where('id', '=', 1).execute();
  await sql`SELECT ${'x'}::text`.execute(kysely);
  expect((await told(tap)).slice(1)).toEqual([
    {
      sql: 'insert into "people" ("id", "name") values ($1, $2)',
      parameters: ['1', "O'Hara"],
      rows: 0,
      tag: 'INSERT 0 1',
      error: null,
    },
    {
      sql: 'select "name" from "people" where "id" = $1',
      parameters: ['1'],
      rows: 1,
      tag: 'SELECT 1',
      error: null,
    },
    { sql: 'SELECT $1::text', parameters: ['x'], rows: 1, tag: 'SELECT 1', error: null },
  ]);
});

it('200 queries at once get their own rows, and are all told', async () => {
  const answers = await Promise.all(
    Array.from({ length: 200 }, async (_, i) => {
      const odd = await pool.query<{ a: string }>(
        i % 2 ? "SELECT $1::text || 'odd' AS a" : 'SELECT $1::text AS a',
        [i],
      );
      return odd.rows[0]?.a;
    }),
  );
  expect(answers).toEqual(Array.from({ length: 200 }, (_, i) => (i % 2 ? `${i}odd` : `${i}`)));
  const all = await told(tap);
  expect(new Set(all.map(({ parameters }) => parameters[0])).size).toBe(200);
  expect(
    all.every(
      ({ rows, sql: text, parameters }) =>
        rows === 1 && text.includes('odd') === (Number(parameters[0]) % 2 === 1),
    ),
  ).toBe(true);
});

it('large parameters and large results pass whole; of a parameter the first 64 KB are kept', async () => {
  const large = 'é'.repeat(150_000);
  const { rows } = await pool.query<{ same: string; after: string }>(
    'SELECT $1::text AS same, $2::text AS after',
    [large, 'after'],
  );
  expect(rows[0]?.same === large).toBe(true);
  const many = await pool.query("SELECT g, repeat('x', 100) FROM generate_series(1, 50000) g");
  expect(many.rows).toHaveLength(50_000);
  const [first, second] = await told(tap);
  expect([first?.parameters[0]?.length, first?.parameters[1], second?.rows]).toEqual([
    32_768,
    'after',
    50_000,
  ]);
});

it('a message of many megabytes passes without being kept', async () => {
  const { rows } = await pool.query<{ n: number }>('SELECT length($1) AS n', ['x'.repeat(20_000_000)]);
  expect(rows).toEqual([{ n: 20_000_000 }]);
  expect((await told(tap))[0]?.parameters[0]).toHaveLength(65_536);
});

it('transactions, prepared statements and sessions stay those of their connection', async () => {
  await pool.query('CREATE TABLE account (value int); INSERT INTO account VALUES (1)');
  const [a, b] = [await pool.connect(), await pool.connect()];
  await a.query('BEGIN');
  await a.query('UPDATE account SET value = 2');
  expect((await b.query('SELECT value FROM account')).rows).toEqual([{ value: 1 }]);
  await a.query('ROLLBACK');
  const named = (value: number) => ({ name: 'same', text: 'SELECT $1::int AS v', values: [value] });
  const other = { name: 'same', text: 'SELECT 7 AS v' };
  expect((await a.query<{ v: number }>(named(1))).rows[0]?.v).toBe(1);
  expect((await b.query<{ v: number }>(other)).rows[0]?.v).toBe(7);
  expect((await a.query<{ v: number }>(named(2))).rows[0]?.v).toBe(2);
  a.release();
  b.release();
  const texts = (await told(tap)).slice(-3).map(({ sql: text, parameters }) => [text, parameters[0]]);
  expect(texts).toEqual([
    ['SELECT $1::int AS v', '1'],
    ['SELECT 7 AS v', undefined],
    ['SELECT $1::int AS v', '2'],
  ]);
});

it('notifications arrive on a connection that rests', async () => {
  const listener = await pool.connect();
  const heard = once(listener, 'notification') as Promise<[pg.Notification]>;
  await listener.query('LISTEN news');
  await pool.query("SELECT pg_notify('news', 'hello')");
  expect((await heard)[0].payload).toBe('hello');
  listener.release();
});

it('COPY goes through in both directions, and counts as one statement', async () => {
  const client = await pool.connect();
  await client.query('CREATE TABLE copied (a int, b text)');
  const tag = await new Promise((resolve, reject) => {
    client.query(
      copyIn('COPY copied FROM STDIN', ['1\tx\n', `2\t${'y'.repeat(100_000)}\n`], resolve, reject),
    );
  });
  expect(tag).toBe('COPY 2');
  expect((await client.query('SELECT count(*)::int AS n FROM copied')).rows).toEqual([{ n: 2 }]);
  await client.query('COPY (SELECT 1) TO STDOUT');
  client.release();
  expect((await told(tap)).map(({ tag: each }) => each)).toEqual([
    'CREATE TABLE',
    'COPY 2',
    'SELECT 1',
    'COPY 1',
  ]);
});

it('a driver’s request to cancel reaches the server', async () => {
  const client = await pool.connect();
  const begun = once(client, 'notice');
  const running = client.query("DO $$ BEGIN RAISE NOTICE 'begun'; PERFORM pg_sleep(60); END $$");
  const refused = expect(running).rejects.toMatchObject({ code: '57014' });
  await begun;
  const { processID, secretKey } = client as unknown as { processID: number; secretKey: number };
  await cancel(tap.url, processID, secretKey);
  await refused;
  client.release();
});

it('a new target cuts the connections to the old one, and the port stays', async () => {
  const client = await pool.connect();
  const cut = new Promise((resolve) => client.once('error', resolve));
  const next = await running.fresh();
  const before = new URL(tap.url);
  tap.retarget(next.target);
  await cut;
  client.release(true);
  const after = new URL(tap.url);
  expect([after.port, after.pathname]).toEqual([before.port, `/${next.name}`]);
  await expect(pool.query('SELECT 1')).rejects.toMatchObject({ code: '28000' });
  const other = new pg.Client({ connectionString: tap.url });
  await other.connect();
  expect((await other.query('SELECT current_database() AS name')).rows).toEqual([{ name: next.name }]);
  await other.end();
  await next.drop();
});

it('a session that the server ends is ended for the client, and the next one works', async () => {
  const client = await pool.connect();
  const ended = new Promise((resolve) => client.on('error', resolve));
  await database.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
  expect(await ended).toMatchObject({ code: '57P01' });
  client.release(true);
  expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
});

it('a server that can’t be reached is said in the protocol', async () => {
  const address = { ...database.target.address, host: '/nowhere' };
  const lost = await openTap({ ...database.target, address });
  const client = new pg.Client({ connectionString: lost.url });
  await expect(client.connect()).rejects.toMatchObject({ code: '57P03' });
  await lost.close();
});

/** What `pg` calls on a query while it copies rows in. */
function copyIn(
  text: string,
  rows: readonly string[],
  done: (tag: string) => void,
  failed: (error: Error) => void,
) {
  let tag = '';
  return {
    submit: (connection: pg.Connection) => connection.query(text),
    handleCopyInResponse(connection: { sendCopyFromChunk(chunk: Buffer): void; endCopyFrom(): void }) {
      for (const row of rows) connection.sendCopyFromChunk(Buffer.from(row));
      connection.endCopyFrom();
    },
    handleCommandComplete: (message: { text: string }) => void (tag = message.text),
    handleReadyForQuery: () => done(tag),
    handleError: failed,
  };
}

async function cancel(url: string, process: number, secret: number): Promise<void> {
  const socket = createConnection(Number(new URL(url).port), '127.0.0.1');
  const packet = Buffer.alloc(16);
  [16, 80_877_102, process, secret].forEach((value, index) => packet.writeInt32BE(value, index * 4));
  socket.end(packet);
  socket.resume();
  await once(socket, 'close');
}
