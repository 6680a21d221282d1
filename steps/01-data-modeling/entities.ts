import type { Column, Row, Schema, Table } from '../../harness/schema/catalogue.ts';
import type { Target } from '../../harness/schema/best-route.ts';
import { fold, keyOf, type Truth } from './truth.ts';

/** The table in which each patient has a row with name and birth date, whatever it and its columns are called. */
export interface PatientTable {
  readonly table: Table;
  readonly nameColumns: readonly string[];
  readonly birthColumn: string;
  readonly byKey: ReadonlyMap<string, readonly Row[]>;
  nameOf(row: Row): string;
  keyOf(row: Row): string;
}

export interface NoteTable {
  readonly table: Table;
  readonly bodyColumn: string;
  readonly byBody: ReadonlyMap<string, Row>;
}

/** A name may stand in one column or in two, given name first or last. `null` when no table holds half of the patients. */
export function findPatients(schema: Schema, truth: Truth): PatientTable | null {
  const wanted = new Set(truth.patients.map(({ key }) => key));
  const candidates = schema.flatMap((table) =>
    datesOf(table, truth).flatMap((birthColumn) =>
      namesOf(table).map((nameColumns) => asPatients(table, nameColumns, birthColumn)),
    ),
  );
  return best(
    candidates.map((candidate) => ({
      candidate,
      hits: [...candidate.byKey.keys()].filter((key) => wanted.has(key)).length,
    })),
    truth.patients.length,
  );
}

export function findNotes(schema: Schema, truth: Truth): NoteTable | null {
  const bodies = new Set(truth.notes.map(({ body }) => body));
  const candidates = schema.flatMap((table) =>
    textsOf(table).map((bodyColumn) => {
      const byBody = new Map(
        table.rows.flatMap((row): [string, Row][] => {
          const body = row.values[bodyColumn] ?? '';
          return bodies.has(body) ? [[body, row]] : [];
        }),
      );
      return { candidate: { table, bodyColumn, byBody }, hits: byBody.size };
    }),
  );
  return best(candidates, truth.notes.length);
}

export interface ColumnTarget extends Target {
  readonly column: string;
}

/** Columns in which most of these names stand: where a route to a facility, a doctor or a diagnosis may end. */
export function columnsHolding(
  schema: Schema,
  names: readonly string[],
  except: readonly Table[],
): readonly ColumnTarget[] {
  const wanted = new Set(names.map(fold));
  return schema
    .filter((table) => !except.includes(table))
    .flatMap((table) =>
      textsOf(table).flatMap((column) => {
        const there = new Set(table.rows.map((row) => fold(row.values[column])).filter((t) => wanted.has(t)));
        if (there.size * 2 < wanted.size || there.size === 0) return [];
        const labelOf = (row: Row) => row.values[column] ?? null;
        return [{ table, title: `${table.name}.${column}`, column, labelOf }];
      }),
    );
}

export function textsOf(table: Table): readonly string[] {
  return table.columns.filter(({ kind }) => kind === 'text').map(({ name }) => name);
}

function asPatients(table: Table, nameColumns: readonly string[], birthColumn: string): PatientTable {
  const nameOf = (row: Row) => nameColumns.map((column) => row.values[column] ?? '').join(' ');
  const keyOfRow = (row: Row) => keyOf(nameOf(row), row.values[birthColumn] ?? null);
  const byKey = new Map<string, Row[]>();
  for (const row of table.rows) byKey.set(keyOfRow(row), [...(byKey.get(keyOfRow(row)) ?? []), row]);
  return { table, nameColumns, birthColumn, byKey, nameOf, keyOf: keyOfRow };
}

function datesOf(table: Table, truth: Truth): readonly string[] {
  const births = new Set(truth.patients.map(({ birth }) => birth));
  const isBirth = ({ name }: Column) =>
    table.rows.filter((row) => births.has((row.values[name] ?? '').slice(0, 10))).length * 2 >= births.size;
  return table.columns.filter(isBirth).map(({ name }) => name);
}

function namesOf(table: Table): readonly (readonly string[])[] {
  const texts = textsOf(table);
  return [
    ...texts.map((one) => [one]),
    ...texts.flatMap((one) => texts.filter((other) => other !== one).map((other) => [one, other])),
  ];
}

/** Of a table and its archive, which may hold more, the one that foreign keys touch; then the one that holds most. */
function best<T extends PatientTable | NoteTable>(
  all: readonly { candidate: T; hits: number }[],
  wanted: number,
): T | null {
  const keys = ({ table }: T) => table.foreignKeys.length + table.referencedBy.length;
  const isTied = (candidate: T) => Number(keys(candidate) > 0);
  const [first] = all
    .filter(({ hits }) => hits * 2 >= wanted && hits > 0)
    .sort(
      (a, b) =>
        isTied(b.candidate) - isTied(a.candidate) || b.hits - a.hits || keys(b.candidate) - keys(a.candidate),
    );
  return first?.candidate ?? null;
}
