import { administratorLogin, connect } from '../database/connection.ts';
import type { EngineAddress } from '../database/engine.ts';
import { WorkshopError } from '../model/workshop-error.ts';

/** Counts how often PostgreSQL has cut off a session that does nothing: it ended, or lost a process and began anew. */
export interface ServerWatch {
  /**
   * Begins to watch, or begins again after a loss, and is done when it does. Harmless when it does already, and where no
   * server answers.
   */
  begin(): Promise<void>;
  readonly losses: number;
  close(): Promise<void>;
}

export function createServerWatch(address: EngineAddress): ServerWatch {
  let losses = 0;
  let session: ReturnType<typeof connect> | null = null;
  const watch = () => {
    const begun = connect(address, administratorLogin(address));
    begun.then(
      (client) =>
        void client.once('end', () => {
          losses += 1;
          session = null;
        }),
      () => (session = null),
    );
    return begun;
  };
  return {
    async begin() {
      await (session ??= watch()).catch(() => undefined);
    },
    get losses() {
      return losses;
    },
    async close() {
      await session?.then((client) => client.end()).catch(() => undefined);
    },
  };
}

/** What is said of a run over which the server was lost. */
export function serverLost(cause?: unknown): WorkshopError {
  return new WorkshopError('DATABASE_LOST', 'PostgreSQL broke off, so nothing could be judged.', {
    remedy:
      'This says nothing about your code. Run the check again; if it stays, end the workshop and start it again, which prepares PostgreSQL anew.',
    cause,
  });
}

/** Whether the error is of a server that is not there or has just gone, and not of a statement. */
export function isServerLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // What was asked of the server in other words is said with its cause.
  if (error instanceof WorkshopError) return error.code === 'DATABASE_FAILED' && isServerLoss(error.cause);
  if ('code' in error && typeof error.code === 'string') return LOST.test(error.code);
  return /^Connection terminated/.test(error.message);
}

/** Node's words for a connection, and PostgreSQL's classes for one that failed or was ended by its operator. */
const LOST = /^(E[A-Z]+|08\d{3}|57P0[1-5])$/;
