import type pg from 'pg';
import type { TapTarget } from '../tap/target.ts';

/** One disposable database. */
export interface Database {
  readonly name: string;
  /** What a tap needs to stand before it. */
  readonly target: TapTarget;
  /** One statement as the administrator, on a connection that closes with `drop`. */
  query<Row extends pg.QueryResultRow = Record<string, unknown>>(
    sql: string,
    parameters?: readonly unknown[],
  ): Promise<pg.QueryResult<Row>>;
  /** A connection as the clinic's role; the caller ends it. */
  asClinic(): Promise<pg.Client>;
  /** Ends every session and removes the database. A second call does nothing. */
  drop(): Promise<void>;
}
