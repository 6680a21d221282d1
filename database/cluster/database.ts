import type pg from 'pg';
import { administratorLogin, connect } from '../connection.ts';
import type { EngineAddress } from '../engine-address.ts';
import type { TapTarget } from '../tap/target.ts';
import type { ClinicRole } from './role.ts';
import { createSession, type Session } from './session.ts';

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

/** A handle on a database that exists. `close` ends the handle's own session and leaves the database. */
export interface DatabaseHandle extends Database {
  close(): Promise<void>;
}

export function createDatabase(
  name: string,
  { address, role, remove }: { address: EngineAddress; role: ClinicRole; remove: () => Promise<void> },
  onDrop: () => void = () => undefined,
): DatabaseHandle {
  const own = createSession(address, { ...administratorLogin(address), database: name });
  let dropping: Promise<void> | null = null;
  const drop = async () => {
    await own.close();
    await remove();
    onDrop();
  };
  return {
    name,
    target: { address, database: name, role: role.name, password: role.password },
    query: (sql, parameters) => own.query(sql, parameters),
    asClinic: () => connect(address, { user: role.name, password: role.password, database: name }),
    // One that failed may be tried again.
    drop: () =>
      (dropping ??= drop().catch((error: unknown) => {
        dropping = null;
        throw error;
      })),
    close: () => own.close(),
  };
}

/** How a server removes it: by a statement in the administrator's session. */
export function onServer(
  place: { address: EngineAddress; role: ClinicRole; session: Session },
  name: string,
) {
  const { address, role, session } = place;
  return { address, role, remove: async () => void (await session.query(dropStatement(name))) };
}

export const dropStatement = (name: string) => `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`;
