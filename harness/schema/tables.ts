import type { Database } from '../../database/cluster.ts';
import type { Column, ForeignKey, Row, Table } from './schema.ts';

/** A table while it is being read. */
export interface OpenTable extends Table {
  readonly foreignKeys: ForeignKey[];
  readonly referencedBy: ForeignKey[];
}

/** All tables outside the system's own schemas, by their number, with their rows. */
export async function readTables(database: Database): Promise<Map<number, OpenTable>> {
  const { rows } = await database.query<Described>(TABLES);
  const read = rows.map(async (table): Promise<[number, OpenTable]> => {
    const sql = `${quote(table.schema)}.${quote(table.name)}`;
    return [
      table.id,
      {
        id: table.id,
        name: table.schema === 'public' ? table.name : `${table.schema}.${table.name}`,
        sql,
        columns: table.columns.map(columnOf),
        primaryKey: table.primary_key ?? [],
        rows: await readRows(database, sql, table.columns),
        foreignKeys: [],
        referencedBy: [],
      },
    ];
  });
  return new Map(await Promise.all(read));
}

async function readRows(
  database: Database,
  sql: string,
  columns: readonly DescribedColumn[],
): Promise<readonly Row[]> {
  const values = columns.map(({ name }) => `${quote(name)}::text`);
  const list = values.length === 0 ? 'ARRAY[]::text[]' : `ARRAY[${values.join(', ')}]`;
  const { rows } = await database.query<{ place: string; list: (string | null)[] }>(
    `SELECT tableoid::oid || '/' || ctid AS place, ${list} AS list FROM ${sql} LIMIT ${MOST_ROWS}`,
  );
  return rows.map(({ place, list: read }) => ({
    place,
    values: Object.fromEntries(columns.map(({ name }, i) => [name, read[i] ?? null])),
  }));
}

function columnOf({ name, type, category, typtype, nullable }: DescribedColumn): Column {
  const kind = typtype === 'e' ? 'text' : (KINDS[category] ?? (/^jsonb?$/.test(type) ? 'list' : 'other'));
  return { name, type, kind, nullable };
}

export const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;

interface DescribedColumn {
  readonly name: string;
  readonly type: string;
  readonly category: string;
  readonly typtype: string;
  readonly nullable: boolean;
}

interface Described extends Record<string, unknown> {
  readonly id: number;
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly DescribedColumn[];
  readonly primary_key: readonly string[] | null;
}

/** PostgreSQL's type categories. A domain has the category of what it is made of. */
const KINDS: Readonly<Record<string, Column['kind']>> = {
  S: 'text',
  N: 'number',
  D: 'time',
  T: 'time',
  A: 'list',
};

const TABLES = `
  SELECT c.oid::int AS id, n.nspname AS schema, c.relname AS name,
    coalesce((
      SELECT json_agg(json_build_object(
        'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'category', t.typcategory,
        'typtype', t.typtype, 'nullable', NOT a.attnotnull) ORDER BY a.attnum)
      FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '[]') AS columns,
    (SELECT array_agg(a.attname::text ORDER BY a.attnum)
      FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
      WHERE k.conrelid = c.oid AND k.contype = 'p') AS primary_key
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
  ORDER BY n.nspname, c.relname`;
const MOST_ROWS = 5_000;
