import type { Row, Table } from './schema.ts';
import { follow, type Route, routesBetween, stationsOf } from './routes.ts';

/** A table that a route may lead to, and what its rows are called there. */
export interface Target {
  readonly table: Table;
  /** For people: `facilities.name`. */
  readonly title: string;
  labelOf(row: Row): string | null;
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
 * `avoid`: tables that it must not lead over.
 */
export function bestRoute(
  from: Table,
  targets: readonly Target[],
  rows: readonly { readonly row: Row; fits(labels: readonly string[]): boolean }[],
  avoid: readonly Table[] = [],
): Explained | null {
  const all = targets.flatMap((target) =>
    routesBetween(from, target.table)
      .filter((route) => !stationsOf(route).some((table) => avoid.includes(table)))
      .map((route) => ({
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

/** What a row is tied to, in the target's words. NULL there is left out. */
export function labelsOf(row: Row, route: Route, { labelOf }: Target): readonly string[] {
  return follow([row], route).flatMap((end) => labelOf(end) ?? []);
}
