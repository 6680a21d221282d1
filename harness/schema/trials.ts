import type pg from 'pg';
import type { Database } from '../../database/cluster.ts';
import type { Row, Table } from './schema.ts';
import { quote } from './tables.ts';

export type Client = pg.Client;

/** Things tried inside a transaction that is always taken back. */
export interface Trials {
  /** What `attempt` answers, or the server's refusal. Constraints that wait for the end of a transaction are asked too. */
  attempt<T>(attempt: (client: pg.Client) => Promise<T>): Promise<Trial<T>>;
  close(): Promise<void>;
}

export type Trial<T> =
  | { readonly outcome: 'accepted'; readonly answer: T }
  | { readonly outcome: 'refused'; readonly code: string; readonly message: string };

/** Works as the clinic's role, which owns its tables. */
export async function openTrials(database: Database): Promise<Trials> {
  const client = await database.asClinic();
  return {
    async attempt(attempt) {
      await client.query('BEGIN');
      try {
        const answer = await attempt(client);
        await client.query('SET CONSTRAINTS ALL IMMEDIATE');
        return { outcome: 'accepted', answer };
      } catch (error) {
        const { code, message } = Object(error) as { code?: string; message?: string };
        if (code === undefined) throw error;
        return { outcome: 'refused', code, message: message ?? '' };
      } finally {
        await client.query('ROLLBACK');
      }
    },
    close: () => client.end(),
  };
}

/** Puts a value into columns of one row, with the learner's own triggers asleep: only keys and constraints may refuse. */
export async function overwrite(
  client: pg.Client,
  table: Table,
  row: Row,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  const columns = Object.keys(values);
  await client.query(`ALTER TABLE ${table.sql} DISABLE TRIGGER USER`);
  await client.query(
    `UPDATE ${table.sql} SET ${columns.map((name, i) => `${quote(name)} = $${i + 1}`).join(', ')} WHERE ${placeOf(row)}`,
    columns.map((name) => values[name]),
  );
}

export async function deleteRow(client: pg.Client, table: Table, row: Row): Promise<void> {
  await client.query(`DELETE FROM ${table.sql} WHERE ${placeOf(row)}`);
}

/** How many rows each table has, in the order of the tables. */
export async function countEach(client: pg.Client, tables: readonly Table[]): Promise<readonly number[]> {
  const counts = tables.map(({ sql }) => `(SELECT count(*)::int FROM ${sql})`);
  const { rows } = await client.query<{ counts: number[] }>(`SELECT ARRAY[${counts.join(', ')}] AS counts`);
  return rows[0]?.counts ?? [];
}

/** Rows in which none of these columns is NULL. */
export async function countFilled(
  client: pg.Client,
  table: Table,
  columns: readonly string[],
): Promise<number> {
  const filled = columns.map((name) => `${quote(name)} IS NOT NULL`).join(' AND ');
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${table.sql} WHERE ${filled}`,
  );
  return rows[0]?.count ?? 0;
}

/** `place` was read from the server: digits, a slash, and a pair of numbers. */
function placeOf(row: Row): string {
  const [table = '0', place = ''] = row.place.split('/');
  return `tableoid = ${Number(table)} AND ctid = '${place}'::tid`;
}
