import { type Check, outcome } from './place.ts';

export const statements: readonly Check[] = [
  {
    title: '200 queries with parameters at once get their own rows',
    expected: 0,
    async run(place) {
      const pool = place.pool();
      const wrong = Array.from({ length: 200 }, async (_, n) => {
        const sql =
          n % 2 === 0 ? "SELECT $1::text || 'x' AS a, $2::int AS n" : 'SELECT $2::int AS n, $1::text AS a';
        const { rows } = await pool.query<{ a: string; n: number }>(sql, [`k${n}`, n]);
        return rows[0]?.n === n && rows[0].a === (n % 2 === 0 ? `k${n}x` : `k${n}`) ? 0 : 1;
      });
      return (await Promise.all(wrong)).reduce<number>((sum, one) => sum + one, 0);
    },
  },
  {
    title: '200 queries of the same shape at once get their own rows',
    expected: 0,
    async run(place) {
      const pool = place.pool();
      const wrong = Array.from({ length: 200 }, async (_, n) => {
        const { rows } = await pool.query<{ k: number; a: number }>(`SELECT ${n % 2} AS k, $1::int AS a`, [
          n,
        ]);
        return rows[0]?.k === n % 2 && rows[0].a === n ? 0 : 1;
      });
      return (await Promise.all(wrong)).reduce<number>((sum, one) => sum + one, 0);
    },
  },
  {
    title: 'parameters of 300 KB over ten connections come back whole',
    expected: 0,
    async run(place) {
      const pool = place.pool();
      const wrong = Array.from({ length: 40 }, async (_, n) => {
        const text = `${n}`.repeat(300_000 / `${n}`.length);
        const { rows } = await pool.query<{ t: string }>('SELECT $1::text AS t', [text]);
        return rows[0]?.t === text ? 0 : 1;
      });
      return (await Promise.all(wrong)).reduce<number>((sum, one) => sum + one, 0);
    },
  },
  {
    title: 'several statements without parameters run as one, and each has its result',
    expected: 2,
    run: async (place) => {
      const client = await place.client();
      return ((await client.query('SELECT 1; SELECT 2')) as unknown as unknown[]).length;
    },
  },
  {
    title: 'several statements with parameters are refused',
    expected: '42601',
    run: async (place) => outcome((await place.client()).query('SELECT $1::int; SELECT 2', [1])),
  },
  {
    title: 'a second SELECT joined by UNION shows its rows',
    expected: [{ id: 1 }, { id: 2 }],
    run: async (place) =>
      (await (await place.client()).query('SELECT 1 AS id UNION SELECT 2 ORDER BY 1')).rows,
  },
  {
    title: 'UNION of different widths is refused',
    expected: '42601',
    run: async (place) => outcome((await place.client()).query('SELECT 1, 2 UNION SELECT 1')),
  },
  {
    title: 'errors carry their code, their place and the constraint',
    expected: ['42601@1', '42P01@15', '42703@8', '23502@', '23505@', '22012@', '22P02@8', '22P02@', '23514@'],
    async run(place) {
      const client = await place.client();
      await client.query("CREATE TABLE faulty (id int PRIMARY KEY, e text NOT NULL CHECK (e <> ''))");
      const found: string[] = [];
      for (const [sql, values] of FAULTS) {
        const error: unknown = await client.query(sql, values).catch((thrown: unknown) => thrown);
        const { code, position } = error as { code?: string; position?: string };
        found.push(`${code}@${position ?? ''}`);
      }
      return found;
    },
  },
  {
    title: 'an error leaves the connection usable, with parameters and without',
    expected: [{ one: 1 }],
    async run(place) {
      const client = await place.client();
      await outcome(client.query('SELECT $1::int', ['x']));
      await outcome(client.query('SELEC'));
      return (await client.query('SELECT $1::int AS one', [1])).rows;
    },
  },
  {
    title: '50,000 rows come whole',
    expected: 50_000,
    async run(place) {
      const client = await place.client();
      const { rows } = await client.query("SELECT g, repeat('x', 100) FROM generate_series(1, 50000) g");
      return rows.length;
    },
  },
  {
    title: 'rows fetched a few at a time come whole',
    expected: [1, 2, 3, 4, 5],
    async run(place) {
      const client = await place.client();
      const config = { text: 'SELECT g FROM generate_series(1, 5) g', rows: 2, values: [] };
      return (await client.query<{ g: number }>(config)).rows.map(({ g }) => g);
    },
  },
  {
    title: 'a cursor is fetched from within its transaction',
    expected: [[{ g: 1 }, { g: 2 }], [{ g: 3 }]],
    async run(place) {
      const client = await place.client();
      await client.query('BEGIN; DECLARE page CURSOR FOR SELECT g FROM generate_series(1, 3) g');
      const pages = [
        (await client.query('FETCH 2 FROM page')).rows,
        (await client.query('FETCH 2 FROM page')).rows,
      ];
      await client.query('COMMIT');
      return pages;
    },
  },
];

const FAULTS: readonly (readonly [string, unknown[]?])[] = [
  ['SELEC 1'],
  ['SELECT * FROM nope'],
  ['SELECT nocol FROM faulty'],
  ['INSERT INTO faulty VALUES (1, null)'],
  ["INSERT INTO faulty VALUES (1, 'a'); INSERT INTO faulty VALUES (1, 'b')"],
  ['SELECT 1 / 0'],
  ["SELECT 'a'::int"],
  ['SELECT $1::int', ['abc']],
  ["INSERT INTO faulty VALUES (2, '')"],
];
