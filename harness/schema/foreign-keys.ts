import type { Database } from '../../database/cluster.ts';
import type { ForeignKey, Table } from './schema.ts';

/** The foreign keys between these tables. Those that PostgreSQL makes for each partition are left out. */
export async function readForeignKeys(
  database: Database,
  tables: ReadonlyMap<number, Table>,
): Promise<readonly ForeignKey[]> {
  const { rows } = await database.query<Described>(FOREIGN_KEYS);
  return rows.flatMap(({ name, from_id, to_id, from_columns, to_columns, on_delete, enforced }) => {
    const [from, to] = [tables.get(from_id), tables.get(to_id)];
    if (from === undefined || to === undefined) return [];
    const onDelete = ACTIONS[on_delete] ?? 'no action';
    return [
      { name, from, fromColumns: from_columns, to, toColumns: to_columns, onDelete, isEnforced: enforced },
    ];
  });
}

interface Described extends Record<string, unknown> {
  readonly name: string;
  readonly from_id: number;
  readonly to_id: number;
  readonly from_columns: readonly string[];
  readonly to_columns: readonly string[];
  readonly on_delete: string;
  readonly enforced: boolean;
}

const ACTIONS: Readonly<Record<string, ForeignKey['onDelete']>> = {
  a: 'no action',
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
};

/** `conenforced` came with PostgreSQL 18; before it every constraint was enforced. */
const FOREIGN_KEYS = `
  SELECT k.conname AS name, k.conrelid::int AS from_id, k.confrelid::int AS to_id, k.confdeltype AS on_delete,
    ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS u(number, place)
      JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.number ORDER BY u.place) AS from_columns,
    ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY AS u(number, place)
      JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.number ORDER BY u.place) AS to_columns,
    k.convalidated AND coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true)
      AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgconstraint = k.oid AND t.tgenabled = 'D') AS enforced
  FROM pg_constraint k
  WHERE k.contype = 'f' AND k.conparentid = 0
  ORDER BY k.conrelid, k.conname`;
