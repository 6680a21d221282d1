import type { Database } from '../../database/cluster.ts';
import { readForeignKeys } from './foreign-keys.ts';
import type { Schema, Table } from './schema.ts';
import { readTables } from './tables.ts';

export type { Column, ForeignKey, Row, Schema, Table } from './schema.ts';

/** Reads tables, keys and rows. Meant for the clinic's few hundred rows: a table's rows beyond 5,000 are left out. */
export async function readSchema(database: Database): Promise<Schema> {
  const tables = await readTables(database);
  const keys = await readForeignKeys(database, tables);
  for (const key of keys) {
    tables.get(key.from.id)?.foreignKeys.push(key);
    tables.get(key.to.id)?.referencedBy.push(key);
  }
  return [...tables.values()];
}

/** Columns that a foreign key of their table holds: their text is a reference and never a copy. */
export function isReference(table: Table, column: string): boolean {
  return table.foreignKeys.some((key) => key.fromColumns.includes(column));
}
