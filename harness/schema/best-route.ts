import type { Row, Table } from './catalogue.ts';
import { follow, type Route, routesBetween } from './routes.ts';

/** A column that may hold the names that a route should lead to. */
export interface Target {
  readonly table: Table;
  readonly column: string;
}

export interface Explained {
  readonly route: Route;
  readonly target: Target;
  /** Rows whose labels are what was expected. */
  readonly hits: number;
}

/**
 * The route that explains the data best: tables and columns may be called anything, so a link is found by where it
 * leads for rows whose answer is known. The shorter one when two explain as much; `null` when there is no route.
 */
export function bestRoute(
  from: Table,
  targets: readonly Target[],
  rows: readonly { readonly row: Row; fits(labels: readonly string[]): boolean }[],
): Explained | null {
  const all = targets.flatMap((target) =>
    routesBetween(from, target.table).map((route) => ({
      route,
      target,
      hits: rows.filter(({ row, fits }) => fits(labelsOf(row, route, target))).length,
    })),
  );
  return all.reduce<Explained | null>(
    (best, one) =>
      best === null ||
      one.hits > best.hits ||
      (one.hits === best.hits && one.route.length < best.route.length)
        ? one
        : best,
    null,
  );
}

/** What a row is tied to, in the words of the target's column. NULL there is left out. */
export function labelsOf(row: Row, route: Route, { column }: Target): readonly string[] {
  return follow([row], route).flatMap((end) => end.values[column] ?? []);
}
