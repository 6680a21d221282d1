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
