import { once } from 'node:events';
import type pg from 'pg';
import { type Check, outcome, type Place } from './place.ts';

export const sessions: readonly Check[] = [
  {
    title: 'a setting of one session is not that of another',
    expected: ['mine', 'theirs', 'mine'],
    async run(place) {
      const [one, other] = [await place.client(), await place.client({ application_name: 'theirs' })];
      await one.query("SET application_name = 'mine'");
      const ask = 'SELECT current_setting($1) AS name';
      const answers = [];
      for (const client of [one, other, one])
        answers.push((await client.query(ask, ['application_name'])).rows[0]?.name);
      return answers;
    },
  },
  {
    title: 'a setting made for a transaction ends with it',
    expected: ['3s', '8s'],
    async run(place) {
      const client = await place.client();
      await client.query("BEGIN; SET LOCAL statement_timeout = '3s'");
      const shown = [(await client.query('SHOW statement_timeout')).rows[0]?.statement_timeout];
      await client.query('COMMIT');
      return [...shown, (await client.query('SHOW statement_timeout')).rows[0]?.statement_timeout];
    },
  },
  {
    title: 'RESET brings back what the role begins with',
    expected: '8s',
    async run(place) {
      const client = await place.client();
      await client.query("SET statement_timeout = '3s'");
      await client.query('RESET ALL');
      await (await place.client()).query('SELECT 1');
      return (await client.query('SHOW statement_timeout')).rows[0]?.statement_timeout;
    },
  },
  {
    title: 'the search path is each session’s own',
    expected: ['mine', 'public'],
    async run(place) {
      const [one, other] = [await place.client(), await place.client()];
      await one.query('CREATE SCHEMA mine; CREATE TABLE mine.here (a int); CREATE TABLE public.here (a int)');
      await one.query('SET search_path = mine, public');
      const ask =
        "SELECT relnamespace::regnamespace::text AS name FROM pg_class WHERE oid = 'here'::regclass";
      return [(await one.query(ask)).rows[0]?.name, (await other.query(ask)).rows[0]?.name];
    },
  },
  {
    title: 'a setting of one’s own that nobody set is unknown',
    expected: null,
    async run(place) {
      const [one, other] = [await place.client(), await place.client()];
      await one.query("SET ours.tenant = '7'");
      return (await other.query("SELECT current_setting('ours.tenant', true) AS t")).rows[0]?.t;
    },
  },
  {
    title: 'row security by a setting shows each session its own rows',
    expected: ['a', 'b', 'a'],
    async run(place) {
      const [one, other] = [await place.client(), await place.client()];
      await one.query(`CREATE TABLE secured (t int, v text); INSERT INTO secured VALUES (1, 'a'), (2, 'b');
        ALTER TABLE secured ENABLE ROW LEVEL SECURITY; ALTER TABLE secured FORCE ROW LEVEL SECURITY;
        CREATE POLICY own ON secured USING (t = current_setting('app.tenant')::int)`);
      await one.query("SELECT set_config('app.tenant', '1', false)");
      await other.query("SET app.tenant = '2'");
      const seen = [];
      for (const client of [one, other, one])
        seen.push((await client.query('SELECT v FROM secured')).rows[0]?.v);
      return seen;
    },
  },
  {
    title: 'a temporary table is its session’s own',
    expected: null,
    async run(place) {
      const [one, other] = [await place.client(), await place.client()];
      await one.query('CREATE TEMP TABLE passing (a int)');
      return (await other.query("SELECT to_regclass('passing') AS t")).rows[0]?.t;
    },
  },
  {
    title: 'a temporary table ends with its session',
    expected: null,
    async run(place) {
      const one = await place.client();
      await one.query('CREATE TEMPORARY TABLE short_lived (a int)');
      await one.end();
      return (await (await place.client()).query("SELECT to_regclass('short_lived') AS t")).rows[0]?.t;
    },
  },
  {
    title: 'each session has a process of its own',
    expected: true,
    async run(place) {
      const [one, other] = [await place.client(), await place.client()];
      const ask = 'SELECT pg_backend_pid() AS pid';
      return (await one.query(ask)).rows[0]?.pid !== (await other.query(ask)).rows[0]?.pid;
    },
  },
  {
    title: 'a session lock keeps another session out',
    expected: false,
    async run(place) {
      const [one, other] = [await place.client(), await place.client()];
      await one.query('SELECT pg_advisory_lock(7)');
      return (await other.query('SELECT pg_try_advisory_lock(7) AS mine')).rows[0]?.mine;
    },
  },
  {
    title: 'a session lock ends with its session',
    expected: true,
    async run(place) {
      const one = await place.client();
      await one.query('SELECT pg_advisory_lock(8)');
      await one.end();
      const other = await place.client();
      return (
        await other.query('SELECT count(*) = 0 AS free FROM pg_locks WHERE objid = 8 AND locktype = $1', [
          'advisory',
        ])
      ).rows[0]?.free;
    },
  },
  {
    title: 'a notification reaches whoever listens, and nobody else',
    expected: ['hello', 0],
    async run(place) {
      const [one, other, third] = [await place.client(), await place.client(), await place.client()];
      let unasked = 0;
      third.on('notification', () => (unasked += 1));
      await one.query('LISTEN news');
      const heard = once(one, 'notification');
      await other.query("SELECT pg_notify('news', 'hello')");
      const [{ payload }] = (await heard) as [{ payload: string }];
      await third.query('SELECT 1');
      return [payload, unasked];
    },
  },
  {
    title: 'who stops to listen leaves the others listening',
    expected: 'still there',
    async run(place) {
      const [one, other] = [await place.client(), await place.client()];
      await one.query('LISTEN "Old News"');
      await other.query('LISTEN "Old News"');
      await other.query('UNLISTEN *');
      const heard = once(one, 'notification');
      await other.query(`NOTIFY "Old News", 'still there'`);
      return ((await heard) as [{ payload: string }])[0].payload;
    },
  },
  {
    title: 'prepared statements of the same name are each session’s own',
    expected: [1, 2, 1],
    async run(place) {
      const [one, other] = [await place.client(), await place.client()];
      const seen = [];
      for (const [client, text] of [
        [one, 'SELECT 1 AS a'],
        [other, 'SELECT 2 AS a'],
        [one, 'SELECT 1 AS a'],
      ] as const)
        seen.push((await client.query({ name: 'same', text })).rows[0]?.a);
      return seen;
    },
  },
  {
    title: 'DISCARD ALL forgets one’s own session and no other',
    expected: ['8s', 'ok', 5],
    async run(place) {
      const [one, other] = [await place.client(), await place.client()];
      const kept = { name: 'kept', text: 'SELECT $1::int AS a', values: [5] };
      await other.query(kept);
      await one.query("SET statement_timeout = '1s'");
      await one.query('DISCARD ALL');
      const limit = (await one.query('SHOW statement_timeout')).rows[0]?.statement_timeout;
      return [limit, await outcome(one.query('SELECT 1')), (await other.query(kept)).rows[0]?.a];
    },
  },
  {
    title: 'the name of a prepared statement is the client’s own in an error too',
    expected: 'prepared statement "never made" does not exist',
    async run(place) {
      const client = await place.client();
      await client.query({ name: 'made', text: 'SELECT 1' });
      const forgotten = client.connection as unknown as { parsedStatements: Record<string, string> };
      forgotten.parsedStatements['never made'] = 'SELECT 1';
      const error: unknown = await client
        .query({ name: 'never made', text: 'SELECT 1' })
        .catch((thrown: unknown) => thrown);
      return error instanceof Error ? error.message : error;
    },
  },
  {
    title:
      'what only a superuser may set is set for each session that begins later, and not for those before',
    expected: [[], ['SELECT 42'], ['SELECT 42'], [], ['SELECT 42']],
    async run(place) {
      const before = await place.client();
      await setForDatabase(place, (name, value) => `SET ${name} = ${value}`);
      try {
        const [one, other] = [await place.client(), await place.client({ application_name: 'other' })];
        const told = [];
        for (const client of [before, one, other, before, one]) told.push(await toldBy(client));
        return told;
      } finally {
        await setForDatabase(place, (name) => `RESET ${name}`);
      }
    },
  },
];

/** Sessions that begin later tell of the statements inside of functions. */
async function setForDatabase({ database }: Place, action: (name: string, value: string) => string) {
  const settings = Object.entries({
    session_preload_libraries: 'auto_explain',
    'auto_explain.log_min_duration': '0',
    'auto_explain.log_nested_statements': 'on',
    'auto_explain.log_level': 'notice',
  });
  const statements = settings.map(
    ([name, value]) => `ALTER DATABASE "${database.name}" ${action(name, value)};`,
  );
  await database.query(statements.join('\n'));
}

async function toldBy(client: pg.Client): Promise<readonly string[]> {
  const heard: string[] = [];
  const hear = ({ message }: { readonly message: string | undefined }) => {
    const [, statement] = /Query Text: (.*)/.exec(message ?? '') ?? [];
    if (statement !== undefined) heard.push(statement);
  };
  client.on('notice', hear);
  await client.query("DO $$ BEGIN EXECUTE 'SELECT 42'; END $$");
  client.off('notice', hear);
  return heard;
}
