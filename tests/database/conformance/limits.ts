import net from 'node:net';
import type pg from 'pg';
import { type Check, outcome, pause, type Place } from './place.ts';

export const limits: readonly Check[] = [
  {
    title: 'a sleep takes its time',
    expected: true,
    async run(place) {
      const begun = performance.now();
      await (await place.client()).query('SELECT pg_sleep(0.3)');
      return performance.now() - begun >= 290;
    },
  },
  {
    title: 'two sessions work at the same time',
    expected: true,
    async run(place) {
      const clients = [await place.client(), await place.client()];
      const ask = 'SELECT clock_timestamp() AS begun, pg_sleep(2), clock_timestamp() AS ended';
      const spans = await Promise.all(clients.map(async (client) => (await client.query<Span>(ask)).rows[0]));
      const [one, other] = spans.sort((a, b) => Number(a?.begun) - Number(b?.begun));
      return Number(other?.begun) < Number(one?.ended);
    },
  },
  {
    title: 'a statement that sleeps is cancelled at its time limit',
    expected: ['57014', 'ok'],
    run: (place) => atItsLimit(place, 'SELECT pg_sleep(20)'),
  },
  {
    title: 'a statement that computes is cancelled at its time limit',
    expected: ['57014', 'ok'],
    run: (place) =>
      atItsLimit(place, 'SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b'),
  },
  {
    title: 'an endless loop in a function is cancelled at its time limit',
    expected: ['57014', 'ok'],
    run: (place) => atItsLimit(place, 'DO $$ BEGIN LOOP END LOOP; END $$'),
  },
  {
    title: 'a time limit that is lifted in the same message is lifted',
    expected: ['ok', 'ok'],
    async run(place) {
      const client = await place.client({ statement_timeout: 200 });
      const ends = [await outcome(client.query('SET statement_timeout = 0; SELECT pg_sleep(0.4)'))];
      await client.query("SET statement_timeout = '200ms'");
      await client.query('BEGIN; SET LOCAL statement_timeout = 0');
      return [...ends, await outcome(client.query('SELECT pg_sleep(0.4)'))];
    },
  },
  {
    title: 'a time limit that is set for a transaction holds in it',
    expected: ['57014', 'ok'],
    async run(place) {
      const client = await place.client();
      await client.query("BEGIN; SET LOCAL statement_timeout = '200ms'");
      const ends = [await outcome(client.query('SELECT pg_sleep(20)'))];
      return [...ends, await outcome(client.query('ROLLBACK'))];
    },
  },
  {
    title: 'a time limit asked for at the login holds',
    expected: '57014',
    run: async (place) => outcome(place.pool({ statement_timeout: 200 }).query('SELECT pg_sleep(20)')),
  },
  {
    title: 'a client that waits no longer gets its error, and the others their answers',
    expected: ['Error: Query read timeout', 'ok'],
    async run(place) {
      const impatient = await place.client({ query_timeout: 200 });
      const ends = [await outcome(impatient.query('SELECT pg_sleep(1)'))];
      return [...ends, await outcome((await place.client()).query('SELECT 1'))];
    },
  },
  {
    title: 'a request to cancel ends what a session runs, and not the session',
    expected: ['57014', 'ok'],
    async run(place) {
      const client = await place.client();
      // Shorter than the limit of the role, which would end it as well.
      const running = outcome(client.query('SELECT pg_sleep(6)'));
      await isRunning(place, 'pg_sleep(6)');
      await requestCancel(place, client);
      return [await running, await outcome(client.query('SELECT 1'))];
    },
  },
  {
    title: 'a request to cancel with a wrong secret changes nothing',
    expected: 'ok',
    async run(place) {
      const client = await place.client();
      const running = outcome(client.query('SELECT pg_sleep(0.5)'));
      await requestCancel(place, client, 1);
      return running;
    },
  },
  {
    title: 'a session is cancelled by SQL from another one',
    expected: '57014',
    async run(place) {
      const [client, other] = [await place.client(), await place.client()];
      const { pid } = (await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0] ?? {
        pid: 0,
      };
      const sleep = place.database.target.address.kind === 'embedded' ? 'pg_sleep(1)' : 'pg_sleep(6)';
      const running = outcome(client.query(`SELECT ${sleep}`));
      await isRunning(place, sleep);
      await outcome(other.query('SELECT pg_cancel_backend($1)', [pid]));
      return running;
    },
  },
  {
    title: 'a client that is killed in the middle of a query holds nobody up',
    expected: true,
    async run(place) {
      const client = await place.client();
      client.query('SELECT pg_sleep(7)').catch(() => undefined);
      await isRunning(place, 'pg_sleep(7)');
      client.connection.stream.destroy();
      const begun = performance.now();
      await (await place.client()).query('SELECT 1');
      return performance.now() - begun < 5_000;
    },
  },
];

interface Span {
  readonly begun: Date;
  readonly ended: Date;
}

async function atItsLimit(place: Place, sql: string): Promise<readonly string[]> {
  const client = await place.client();
  await client.query("SET statement_timeout = '300ms'");
  return [await outcome(client.query(sql)), await outcome(client.query('SELECT 1'))];
}

/** The embedded engine has no list of what others run: there the statement was sent first, and is. */
async function isRunning({ database }: Place, part: string): Promise<void> {
  if (database.target.address.kind === 'embedded') return void (await pause(100));
  const sql =
    "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE $1 AND pid <> pg_backend_pid()";
  while ((await database.query(sql, [`SELECT ${part}%`])).rows.length === 0) await pause(10);
}

async function requestCancel({ database }: Place, client: pg.Client, off = 0): Promise<void> {
  const { host, port } = database.target.address;
  const { processID, secretKey } = client as unknown as { processID: number; secretKey: number };
  const packet = Buffer.alloc(16);
  [16, 80_877_102, processID, secretKey ^ off].forEach((value, at) => packet.writeInt32BE(value | 0, at * 4));
  const socket = host.startsWith('/') ? net.connect(`${host}/.s.PGSQL.${port}`) : net.connect(port, host);
  await new Promise<void>((resolve) => {
    socket.once('close', () => resolve());
    socket.once('error', () => resolve());
    socket.resume();
    socket.end(packet);
  });
}
