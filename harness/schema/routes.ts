import type { ForeignKey, Row, Schema, Table } from './schema.ts';

/** One foreign key walked along, from the table that holds it (`forward`) or to that table. */
export interface Leg {
  readonly key: ForeignKey;
  readonly forward: boolean;
}

/** Foreign keys from one table to another, in the order they are walked. */
export type Route = readonly Leg[];

/** Every way from `from` to `to` over at most `most` foreign keys in either direction that meets no table twice. */
export function routesBetween(from: Table, to: Table, most = 4): readonly Route[] {
  if (from === to || most === 0) return [];
  const found: Route[] = [];
  const walk = (table: Table, route: Route, met: ReadonlySet<Table>) => {
    for (const leg of legsOf(table)) {
      const next = endOf(leg);
      if (met.has(next)) continue;
      if (next === to) found.push([...route, leg]);
      else if (route.length + 1 < most) walk(next, [...route, leg], new Set([...met, next]));
    }
  };
  walk(from, [], new Set([from]));
  return found.sort((a, b) => a.length - b.length);
}

/** The rows at the end of the route, each once. A key with a NULL in it leads nowhere. */
export function follow(rows: readonly Row[], route: Route): readonly Row[] {
  return route.reduce<readonly Row[]>((here, leg) => step(here, leg), rows);
}

/** The tables that a route touches between its ends. */
export function stationsOf(route: Route): readonly Table[] {
  return route.slice(0, -1).map(endOf);
}

export const endOf = ({ key, forward }: Leg) => (forward ? key.to : key.from);

/** How a person would write it: `notes → patients ← stays`. */
export function inWords(from: Table, route: Route): string {
  return route.reduce((text, leg) => `${text} ${leg.forward ? '→' : '←'} ${endOf(leg).name}`, from.name);
}

/** Every table that a foreign key ties to this one, directly. */
export function neighbours(schema: Schema, table: Table): readonly Table[] {
  return schema.filter((other) => other !== table && legsOf(table).some((leg) => endOf(leg) === other));
}

function legsOf(table: Table): readonly Leg[] {
  return [
    ...table.foreignKeys.map((key) => ({ key, forward: true })),
    ...table.referencedBy.map((key) => ({ key, forward: false })),
  ];
}

function step(rows: readonly Row[], leg: Leg): readonly Row[] {
  const { fromColumns, toColumns } = leg.key;
  const [mine, theirs] = leg.forward ? [fromColumns, toColumns] : [toColumns, fromColumns];
  const wanted = new Set(rows.map((row) => keyOf(row, mine)).filter((key) => key !== null));
  return endOf(leg).rows.filter((row) => {
    const key = keyOf(row, theirs);
    return key !== null && wanted.has(key);
  });
}

function keyOf(row: Row, columns: readonly string[]): string | null {
  const values = columns.map((column) => row.values[column] ?? null);
  return values.includes(null) ? null : JSON.stringify(values);
}
