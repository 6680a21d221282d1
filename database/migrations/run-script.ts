import type pg from 'pg';

/** How far a script came. */
export interface ScriptOutcome {
  readonly error: pg.DatabaseError | Error | null;
  /** Statements that were completed before it. */
  readonly completed: number;
  /** The script ended and left a transaction open. */
  readonly isTransactionOpen: boolean;
}

/** Sends a whole script as one simple query, which `pg` answers too, but without saying which statement failed. */
export async function runScript(client: pg.Client, sql: string): Promise<ScriptOutcome> {
  let completed = 0;
  const count = () => {
    completed += 1;
  };
  client.connection.on('commandComplete', count);
  client.connection.on('emptyQuery', count);
  try {
    const error = await client.query(sql).then(
      () => null,
      (thrown: unknown) => (thrown instanceof Error ? thrown : new Error(String(thrown))),
    );
    return { error, completed, isTransactionOpen: client.getTransactionStatus() !== 'I' };
  } finally {
    client.connection.off('commandComplete', count);
    client.connection.off('emptyQuery', count);
  }
}
