import { type Check, outcome, meetingOfTwo, type Place } from './place.ts';

export const transactions: readonly Check[] = [
  {
    title: 'what a transaction has not committed is not seen by others, who are not held up by it',
    expected: 100,
    async run(place) {
      const [one, other] = await accounts(place, 'isolation');
      await one.query('BEGIN; UPDATE isolation SET v = 50');
      const seen = await other
        .query<{ v: number }>('SELECT v FROM isolation')
        .then(({ rows }) => rows[0]?.v, codeOf);
      await one.query('ROLLBACK');
      return seen;
    },
  },
  {
    title: 'a query of the pool is answered while a client of it has a transaction open',
    expected: 'ok',
    async run(place) {
      const pool = place.pool();
      const client = await pool.connect();
      await client.query('BEGIN');
      const found = await outcome(pool.query('SELECT 1'));
      await client.query('ROLLBACK');
      client.release();
      return found;
    },
  },
  {
    title: 'two transactions that read, wait and write lose an update',
    expected: 1,
    run: async (place) => {
      const clients = await accounts(place, 'lost', 0);
      const bothAreThere = meetingOfTwo(place);
      await Promise.all(
        clients.map(async (client) => {
          await client.query('BEGIN');
          const { rows } = await client.query<{ v: number }>('SELECT v FROM lost');
          await bothAreThere();
          await client.query('UPDATE lost SET v = $1', [(rows[0]?.v ?? 0) + 1]);
          await client.query('COMMIT');
        }),
      );
      return valueOf(place, 'lost');
    },
  },
  {
    title: 'two clients that read and write without a transaction lose an update',
    expected: 1,
    async run(place) {
      const clients = await accounts(place, 'racing', 0);
      const read = await Promise.all(
        clients.map((client) => client.query<{ v: number }>('SELECT v FROM racing')),
      );
      await Promise.all(
        clients.map((client, at) =>
          client.query('UPDATE racing SET v = $1', [(read[at]?.rows[0]?.v ?? 0) + 1]),
        ),
      );
      return valueOf(place, 'racing');
    },
  },
  {
    title: 'of two serializable transactions that conflict, one is refused',
    expected: ['40001', 'ok'],
    async run(place) {
      const clients = await accounts(place, 'serial', 0);
      const bothAreThere = meetingOfTwo(place);
      const ends = clients.map(async (client) => {
        await client.query('BEGIN ISOLATION LEVEL SERIALIZABLE');
        await client.query('SELECT * FROM serial');
        await bothAreThere();
        const end = await outcome(client.query('UPDATE serial SET v = v + 1'));
        await client.query('COMMIT');
        return end;
      });
      return (await Promise.all(ends)).sort();
    },
  },
  {
    title: 'of two transactions that wait for each other, one is ended',
    expected: ['40P01', 'ok'],
    async run(place) {
      const clients = await accounts(place, 'deadlock', 0);
      const bothAreThere = meetingOfTwo(place);
      await place.database.query('INSERT INTO deadlock VALUES (2, 0)');
      const ends = clients.map(async (client, at) => {
        await client.query('BEGIN');
        await client.query('UPDATE deadlock SET v = 1 WHERE id = $1', [at + 1]);
        await bothAreThere();
        const end = await outcome(client.query('UPDATE deadlock SET v = 2 WHERE id = $1', [2 - at]));
        await client.query('ROLLBACK');
        return end;
      });
      return (await Promise.all(ends)).sort();
    },
  },
  {
    title: 'a row that another transaction has locked is skipped',
    expected: [1, 2],
    async run(place) {
      const clients = await accounts(place, 'jobs', 0);
      const bothAreThere = meetingOfTwo(place);
      await place.database.query('INSERT INTO jobs VALUES (2, 0)');
      const taken = clients.map(async (client) => {
        await client.query('BEGIN');
        const sql = 'SELECT id FROM jobs ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED';
        const { rows } = await client.query<{ id: number }>(sql);
        await bothAreThere();
        await client.query('COMMIT');
        return rows[0]?.id;
      });
      return (await Promise.all(taken)).sort();
    },
  },
  {
    title: 'a transaction in which a statement failed refuses the next one',
    expected: ['42703', '25P02', 'ok'],
    async run(place) {
      const client = await place.client();
      await client.query('BEGIN');
      const ends = [await outcome(client.query('SELECT nope')), await outcome(client.query('SELECT 1'))];
      await client.query('ROLLBACK');
      return [...ends, await outcome(client.query('SELECT 1'))];
    },
  },
  {
    title: 'a savepoint brings a failed transaction back',
    expected: 100,
    async run(place) {
      const [client] = await accounts(place, 'saved');
      await client.query('BEGIN; SAVEPOINT before; UPDATE saved SET v = 1');
      await outcome(client.query('SELECT nope'));
      await client.query('ROLLBACK TO SAVEPOINT before');
      await client.query('COMMIT');
      return valueOf(place, 'saved');
    },
  },
  {
    title: 'a client that vanishes in a transaction leaves nothing of it, and holds nobody up',
    expected: 100,
    async run(place) {
      const [client, other] = await accounts(place, 'vanished');
      await client.query('BEGIN; UPDATE vanished SET v = 1');
      client.connection.stream.destroy();
      const { rows } = await other.query<{ v: number }>('UPDATE vanished SET v = v RETURNING v');
      return rows[0]?.v;
    },
  },
];

async function accounts(place: Place, table: string, value = 100) {
  const [one, other] = await Promise.all([place.client(), place.client()]);
  await one.query(
    `CREATE TABLE ${table} (id integer PRIMARY KEY, v integer); INSERT INTO ${table} VALUES (1, ${value})`,
  );
  return [one, other] as const;
}

async function valueOf({ database }: Place, table: string): Promise<unknown> {
  return (await database.query(`SELECT v FROM ${table} WHERE id = 1`)).rows[0]?.['v'];
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error);
