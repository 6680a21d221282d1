import type { Database } from '../../database/cluster.ts';
import { readForeignKeys } from './foreign-keys.ts';
import { readTables } from './tables.ts';

/** One column as the database knows it. */
export interface Column {
  readonly name: string;
  /** As PostgreSQL writes it: `integer`, `text[]`, `character varying(80)`. */
  readonly type: string;
  readonly kind: 'text' | 'number' | 'time' | 'list' | 'other';
  readonly nullable: boolean;
}

/** One row; every value in PostgreSQL's own spelling, so that an integer equals a bigint and a uuid equals its text. */
export interface Row {
  /** Where it lies, for statements that mean this row and no other: `tableoid/ctid`. */
  readonly place: string;
  readonly values: Readonly<Record<string, string | null>>;
}

export interface ForeignKey {
  readonly name: string;
  readonly from: Table;
  readonly fromColumns: readonly string[];
  readonly to: Table;
  readonly toColumns: readonly string[];
  readonly onDelete: 'cascade' | 'restrict' | 'set null' | 'set default' | 'no action';
  /** Checked for the rows that are there and for those to come: validated, enforced, its triggers switched on. */
  readonly isEnforced: boolean;
}

/** A table, also a partitioned one; its partitions are not listed beside it. */
export interface Table {
  readonly id: number;
  /** As a person writes it: without a schema when that is `public`. */
  readonly name: string;
  /** Quoted, with its schema. */
  readonly sql: string;
  readonly columns: readonly Column[];
  readonly primaryKey: readonly string[];
  readonly rows: readonly Row[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly referencedBy: readonly ForeignKey[];
}

/** Everything that a migrated database holds, read at one moment. Views are not tables, and are not here. */
export type Schema = readonly Table[];

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
