/** Rows for one table, by their columns. */
export interface TableRows {
  readonly table: string;
  readonly hasId: boolean;
  readonly rows: readonly { readonly id?: number | undefined; readonly [column: string]: unknown }[];
}

/** One insert for all rows of a table, and what makes its next id follow them. `table` is one of our own names. */
export function insertStatements({
  table,
  hasId,
  rows,
}: TableRows): readonly { sql: string; parameters: unknown[] }[] {
  if (rows.length === 0) return [];
  const insert = `INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`;
  const parameters = [JSON.stringify(hasId ? withIds(rows) : rows)];
  if (!hasId) return [{ sql: insert, parameters }];
  const next = `SELECT setval(pg_get_serial_sequence('${table}', 'id'), max(id)) FROM ${table}`;
  return [
    { sql: insert, parameters },
    { sql: next, parameters: [] },
  ];
}

function withIds(rows: TableRows['rows']) {
  let last = Math.max(0, ...rows.map((row) => row.id ?? 0));
  return rows.map((row) => (row.id === undefined ? { ...row, id: ++last } : row));
}
