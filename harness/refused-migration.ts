import type { MigrationError } from '../database/migrations.ts';
import type { Finding } from '../model/finding.ts';

/** A migration that PostgreSQL refused, as a finding with the learner's file and line. */
export function refusedMigration(error: MigrationError): Finding {
  return {
    ruleId: 'migrations/sql-error',
    level: 'error',
    message: `PostgreSQL refused ${error.file}: ${error.message}`,
    tried: 'Run your migrations in the order of their names, on the legacy schema with the legacy data.',
    expected: 'Each migration runs to its end.',
    observed: `${error.message} (SQLSTATE ${error.code})${error.detail === undefined ? '' : `. ${error.detail}`}`,
    location: { file: error.file, line: Math.max(1, error.line), column: Math.max(1, error.column) },
  };
}

/** It ran over the clinic's records, and not over records of the same kind that the learner has not seen. */
export function refusedOnOthers(error: MigrationError): Finding {
  return {
    ...refusedMigration(error),
    ruleId: 'migrations/fails-on-other-records',
    message: `${error.file} runs on the clinic's records and fails on others: ${error.message}`,
    tried:
      'Run your migrations on a second set of legacy records: other people, other facilities, the same kinds of disorder.',
    why: 'Production goes on writing between the day you look at its records and the day your migration runs.',
  };
}
