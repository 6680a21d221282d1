import { WorkshopError } from '../model/workshop-error.ts';
import type { Database } from './cluster/database.ts';

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

/** Runs each file as the clinic's role, in one simple query. Throws `MigrationError`. */
export async function applyMigrations(_database: Database, _files: readonly MigrationFile[]): Promise<void> {
  throw new WorkshopError('ENGINE_UNAVAILABLE', 'Not built yet.', { remedy: 'Wait for the next commit.' });
}
