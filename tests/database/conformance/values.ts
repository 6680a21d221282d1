import { type Check, outcome } from './place.ts';

export const values: readonly Check[] = [
  answer(
    'numbers, lists and JSON come as they are',
    "SELECT 1::bigint b, 1.10::numeric n, '{1,2}'::int[] a, '{\"a\":1}'::jsonb j, true t, null nl",
    [{ b: '1', n: '1.10', a: [1, 2], j: { a: 1 }, t: true, nl: null }],
  ),
  answer(
    'dates are counted in UTC',
    "SELECT age(timestamp '2024-03-01', timestamp '2023-01-15')::text a, current_setting('TimeZone') z",
    [{ a: '1 year 1 mon 17 days', z: 'UTC' }],
  ),
  answer(
    'texts are sorted by code point',
    "SELECT string_agg(t, '' ORDER BY t) s FROM unnest('{a,B,b,A,é,z}'::text[]) t",
    [{ s: 'ABabzé' }],
  ),
  answer('upper and lower case know letters beyond ASCII', "SELECT upper('é') u, 'É' ILIKE 'é' i", [
    { u: 'É', i: true },
  ]),
  answer(
    'full text is stemmed in English',
    "SELECT to_tsvector('allergies') @@ to_tsquery('allergy') AS found",
    [{ found: true }],
  ),
  answer('the database says its name', 'SELECT current_database() = $1 AS same', [{ same: true }], (name) => [
    name,
  ]),
  {
    title: 'columns are computed, and identifiers made',
    expected: [{ b: 42, id: 36 }],
    async run(place) {
      const client = await place.client();
      await client.query(
        'CREATE TABLE made (a int, b int GENERATED ALWAYS AS (a * 2) STORED, id uuid DEFAULT gen_random_uuid())',
      );
      await client.query('INSERT INTO made (a) VALUES (21)');
      return (await client.query('SELECT b, length(id::text) AS id FROM made')).rows;
    },
  },
  {
    title: 'the catalogue lists a table’s columns',
    expected: [{ column_name: 'a' }, { column_name: 'b' }],
    async run(place) {
      const client = await place.client();
      await client.query('CREATE TABLE listed (a int, b text)');
      const sql = 'SELECT column_name FROM information_schema.columns WHERE table_name = $1 ORDER BY 1';
      return (await client.query(sql, ['listed'])).rows;
    },
  },
  {
    title: 'a plan is explained as JSON, with its figures',
    expected: 'Function Scan',
    async run(place) {
      const sql =
        'EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT * FROM generate_series(1, 1000) g WHERE g % 7 = 0';
      const { rows } = await (await place.client()).query(sql);
      return rows[0]?.['QUERY PLAN'][0].Plan['Node Type'];
    },
  },
  {
    title: 'pg_trgm is there, and its index is used',
    expected: true,
    async run(place) {
      const client = await place.client();
      await client.query('CREATE EXTENSION pg_trgm; CREATE TABLE words (t text)');
      await client.query('INSERT INTO words SELECT md5(g::text) FROM generate_series(1, 20000) g');
      await client.query('CREATE INDEX ON words USING gin (t gin_trgm_ops)');
      await client.query('ANALYZE words');
      const { rows } = await client.query("EXPLAIN SELECT * FROM words WHERE t LIKE '%abcde%'");
      return rows.some((row) => String(row['QUERY PLAN']).includes('Bitmap Index Scan'));
    },
  },
  {
    title: 'rows are copied in and out',
    expected: ['COPY 2', 2],
    async run(place) {
      const client = await place.client();
      await client.query('CREATE TABLE copied (a int, b text)');
      const tag = await copyIn(client as never, 'COPY copied FROM STDIN', '1\tx\n2\ty\n');
      await client.query('COPY copied TO STDOUT');
      return [tag, (await client.query('SELECT count(*)::int AS n FROM copied')).rows[0]?.n];
    },
  },
  refused('the clinic’s role reads no file of the server', "SELECT pg_read_file('postgresql.conf')"),
  refused('the clinic’s role runs no program', "COPY (SELECT 1) TO PROGRAM 'true'"),
  refused('the clinic’s role makes no database', 'CREATE DATABASE stolen'),
  refused('the clinic’s role makes no role', 'CREATE ROLE friend'),
  refused('the clinic’s role becomes nobody else', 'SET SESSION AUTHORIZATION postgres'),
  refused('the clinic’s role takes no other role', 'SET ROLE postgres'),
  refused(
    'a statement that is put together makes the clinic’s role nobody else',
    "DO $$ BEGIN EXECUTE concat('SET SESSION ', 'AUTHORIZATION postgres'); END $$",
  ),
  refused(
    'a setting makes the clinic’s role nobody else',
    "SELECT set_config(concat('session_', 'authorization'), 'postgres', false)",
  ),
  {
    title: 'the clinic’s role stays itself after a transaction that failed',
    expected: ['42601', '42501', false],
    async run(place) {
      const client = await place.client();
      await client.query('BEGIN');
      const ends = [
        await outcome(client.query('SELECTT')),
        await outcome(client.query('ROLLBACK; SET ROLE postgres')),
      ];
      const ask = "SELECT current_setting('is_superuser')::boolean AS may_all";
      return [...ends, (await client.query(ask)).rows[0]?.may_all];
    },
  },
  {
    title: 'a session may go back to whom it logged in as',
    expected: 'ok',
    run: async (place) => outcome((await place.client()).query('RESET SESSION AUTHORIZATION')),
  },
  {
    title: 'a session may lay down a role that it took',
    expected: 'ok',
    run: async (place) => outcome((await place.client()).query('SET ROLE NONE')),
  },
  {
    title: 'a wrong password is refused',
    expected: '28P01',
    run: (place) => outcome(place.client({ password: 'guessed' })),
  },
  {
    title: 'a database that is not there is refused',
    expected: '3D000',
    run: (place) => outcome(place.client({ database: 'second_opinion_nowhere' })),
  },
];

function answer(
  title: string,
  sql: string,
  expected: unknown,
  given: (name: string) => unknown[] = () => [],
): Check {
  return {
    title,
    expected,
    run: async (place) => (await (await place.client()).query(sql, given(place.database.name))).rows,
  };
}

function refused(title: string, sql: string): Check {
  return { title, expected: '42501', run: async (place) => outcome((await place.client()).query(sql)) };
}

/** What a package for COPY does: the driver alone has no way in. */
function copyIn(client: { query(submittable: object): void }, sql: string, data: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let tag = '';
    const ignore = () => undefined;
    client.query({
      submit: (connection: { query(text: string): void }) => connection.query(sql),
      handleCopyInResponse(connection: { sendCopyFromChunk(chunk: Buffer): void; endCopyFrom(): void }) {
        connection.sendCopyFromChunk(Buffer.from(data));
        connection.endCopyFrom();
      },
      handleCommandComplete: (message: { text: string }) => (tag = message.text),
      handleReadyForQuery: () => resolve(tag),
      handleError: reject,
      handleRowDescription: ignore,
      handleDataRow: ignore,
      handleCopyData: ignore,
      handlePortalSuspended: ignore,
      handleEmptyQuery: ignore,
    });
  });
}
