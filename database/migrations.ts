import pg from 'pg';
import type { Database } from './cluster/database.ts';
import { placeOfFailure } from './migrations/place-of-failure.ts';
import { placeOfCharacter } from './migrations/position.ts';
import { runScript } from './migrations/run-script.ts';

export interface MigrationFile {
  /** Shown in errors; files run in the order they are given. */
  readonly path: string;
  readonly sql: string;
}

/** The server refused a migration. `line` and `column` count from 1, in characters of the file. */
export class MigrationError extends Error {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** SQLSTATE. */
  readonly code: string;
  readonly detail: string | undefined;

  constructor(
    message: string,
    where: {
      file: string;
      line: number;
      column: number;
      code: string;
      detail?: string | undefined;
      cause?: unknown;
    },
  ) {
    super(message, where.cause === undefined ? undefined : { cause: where.cause });
    this.name = 'MigrationError';
    this.file = where.file;
    this.line = where.line;
    this.column = where.column;
    this.code = where.code;
    this.detail = where.detail;
  }
}

/**
 * Runs each file as the clinic's role, in a session of its own, as one simple query: all of it or nothing, unless the
 * file says BEGIN and COMMIT itself. Throws `MigrationError`, also for a file that waits for 10 seconds, works for 11, or
 * that leaves a transaction open; files before it stay applied.
 */
export async function applyMigrations(database: Database, files: readonly MigrationFile[]): Promise<void> {
  for (const file of files) await applyMigration(database, file);
}

async function applyMigration(database: Database, file: MigrationFile): Promise<void> {
  const sql = file.sql.replace(/^\uFEFF/, '');
  const client = await database.asClinic();
  try {
    await client.query(`SET lock_timeout = ${LOCK_LIMIT}; SET statement_timeout = ${LIMIT}`);
    const outcome = await runScript(client, sql);
    if (outcome.error !== null)
      throw await errorOf(outcome.error, outcome.completed, { path: file.path, sql });
    if (outcome.isTransactionOpen) throw leftOpen(file.path, sql);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function errorOf(error: Error, completed: number, { path, sql }: MigrationFile): Promise<unknown> {
  if (!(error instanceof pg.DatabaseError)) return error;
  const position = error.position === undefined ? {} : { position: Number(error.position) };
  const place = await placeOfFailure(sql, { ...position, completed });
  const limit = LIMITS.get(error.code ?? '');
  const message = limit === undefined ? error.message : `${error.message} after ${limit / 1000} s`;
  const { code = 'XX000', detail } = error;
  return new MigrationError(message, { file: path, ...place, code, detail, cause: error });
}

function leftOpen(file: string, sql: string): MigrationError {
  const end = placeOfCharacter(sql, sql.trimEnd().length + 1);
  return new MigrationError(LEFT_OPEN, { file, ...end, code: ACTIVE_TRANSACTION });
}

/** Milliseconds. The clinic's tables are small: what takes longer never ends. */
const LIMIT = 11_000;
/** Shorter, so that a statement that waits is said to wait. */
const LOCK_LIMIT = 10_000;
/** By the codes of what is cancelled for them. */
const LIMITS: ReadonlyMap<string, number> = new Map([
  ['57014', LIMIT],
  ['55P03', LOCK_LIMIT],
]);
const ACTIVE_TRANSACTION = '25001';
const LEFT_OPEN =
  'the file begins a transaction and does not end it, so that nothing of it stays: COMMIT is missing';
