import { follow, routesBetween } from '../../harness/schema/routes.ts';
import type { Row, Schema, Table } from '../../harness/schema/catalogue.ts';
import { everyText } from './migrated.ts';
import { fold } from './truth.ts';

/** Whose name it was: the row that has it now, or nothing but what the legacy record said. */
export interface Bearer {
  readonly table: Table;
  readonly row: Row | null;
  readonly legacyId: string;
  /** The patient's name or the note's text. */
  readonly label: string;
}

/**
 * Whether a name that matches nothing is still there, and whose it was can still be told: in the bearer's row, in a row
 * that keys tie to it, or in one that carries the bearer's number or words.
 */
export function isKept(schema: Schema, raw: string, bearer: Bearer): boolean {
  const numbers = new Set([bearer.legacyId, ...numbersOf(bearer)]);
  const tied = new Map<Table, ReadonlySet<Row>>();
  for (const { table, row, text } of everyText(schema)) {
    if (!fold(text).includes(fold(raw))) continue;
    if (row === bearer.row) return true;
    const values = Object.values(row.values);
    if (values.some((value) => value !== null && numbers.has(value))) return true;
    if (values.some((value) => fold(value).includes(fold(bearer.label)))) return true;
    if (!tied.has(table)) tied.set(table, tiedRows(bearer, table));
    if (tied.get(table)?.has(row) === true) return true;
  }
  return false;
}

function tiedRows({ table, row }: Bearer, other: Table): ReadonlySet<Row> {
  if (row === null) return new Set();
  return new Set(routesBetween(table, other, 3).flatMap((route) => follow([row], route)));
}

function numbersOf({ table, row }: Bearer): readonly string[] {
  return table.primaryKey.flatMap((column) => row?.values[column] ?? []);
}
