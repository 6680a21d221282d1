import type { Evidence } from '../../model/evidence.ts';
import { isReference, type Schema, type Table } from './catalogue.ts';

/** Why a column is suspect, or undefined. */
export type Suspicion = (table: Table, column: string) => string | undefined;

/** The entity-relationship picture's data. */
export function schemaEvidence(schema: Schema, suspicionOf: Suspicion): Evidence {
  return {
    kind: 'schema',
    tables: schema.map((table) => ({
      name: table.name,
      rows: table.rows.length,
      columns: table.columns.map(({ name, type, nullable }) => {
        const suspicion = suspicionOf(table, name);
        return {
          name,
          type,
          nullable,
          key: keyOf(table, name),
          ...(suspicion === undefined ? {} : { suspicion }),
        };
      }),
    })),
    relations: schema.flatMap((table) =>
      table.foreignKeys.map((key) => ({
        from: key.from.name,
        fromColumns: [...key.fromColumns],
        to: key.to.name,
        toColumns: [...key.toColumns],
        onDelete: key.onDelete,
      })),
    ),
  };
}

function keyOf(table: Table, column: string): 'primary' | 'foreign' | 'none' {
  if (table.primaryKey.includes(column)) return 'primary';
  return isReference(table, column) ? 'foreign' : 'none';
}
