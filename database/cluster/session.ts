import type pg from 'pg';
import { connect, type Login } from '../connection.ts';
import type { EngineAddress } from '../engine-address.ts';

/** One connection, opened at its first query and again after the server ended it. Queries run one after another. */
export interface Session {
  query<Row extends pg.QueryResultRow = Record<string, unknown>>(
    sql: string,
    parameters?: readonly unknown[],
  ): Promise<pg.QueryResult<Row>>;
  /** Ends it for good. */
  close(): Promise<void>;
}

export function createSession(address: EngineAddress, login: Login): Session {
  let opening: Promise<pg.Client> | null = null;
  let closed = false;
  let last: Promise<unknown> = Promise.resolve();

  const forget = () => {
    opening = null;
  };
  const open = async () => {
    const client = await connect(address, login);
    client.once('end', forget);
    return client;
  };
  const client = () => {
    if (closed) throw new Error(`the session with ${login.database} is closed`);
    opening ??= open().catch((error: unknown) => {
      forget();
      throw error;
    });
    return opening;
  };

  return {
    query<Row extends pg.QueryResultRow>(sql: string, parameters?: readonly unknown[]) {
      const result = last.then(async () => {
        const connected = await client();
        return connected.query<Row>(sql, parameters === undefined ? undefined : [...parameters]);
      });
      last = result.catch(() => undefined);
      return result;
    },
    async close() {
      await last;
      closed = true;
      const open = await opening?.catch(() => null);
      await open?.end().catch(() => undefined);
    },
  };
}
