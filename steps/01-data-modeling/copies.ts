import { isReference, type Row, type Table } from '../../harness/schema/catalogue.ts';
import { stationsOf } from '../../harness/schema/routes.ts';
import type { Followed, Link } from './links.ts';
import { fold } from './truth.ts';

/** A column in which the name still stands that a key should stand for. */
export interface Copy {
  readonly table: Table;
  readonly column: string;
  readonly rows: number;
}

/**
 * Columns of the subject's own table that say what the legacy text said, in two rows or more: as a text, in a list or
 * inside JSON. A column that keeps only names that match nothing is none. `except`: the subject's own words.
 */
export function copiesOf(
  table: Table,
  rows: readonly { readonly row: Row; readonly name: string | null }[],
  except: readonly string[],
): readonly Copy[] {
  return table.columns
    .filter(({ name, kind }) => kind !== 'number' && kind !== 'time' && !except.includes(name))
    .filter(({ name }) => !isReference(table, name))
    .map(({ name: column }) => ({
      table,
      column,
      rows: rows.filter(({ row, name }) => name !== null && fold(row.values[column]).includes(fold(name)))
        .length,
    }))
    .filter((copy) => copy.rows >= 2);
}

/** The same in the tables between the two ends: a link table needs keys and no names. */
export function copiesOnTheWay(link: Link, { explained }: Followed): readonly Copy[] {
  const names = new Set(link.ends.flatMap(({ truth }) => (truth.kind === 'known' ? [fold(truth.name)] : [])));
  return stationsOf(explained.route).flatMap((table) =>
    table.columns
      .filter(({ kind, name }) => kind === 'text' && !isReference(table, name))
      .map(({ name: column }) => ({
        table,
        column,
        rows: table.rows.filter((row) => names.has(fold(row.values[column]))).length,
      }))
      .filter((copy) => copy.rows >= 2),
  );
}
