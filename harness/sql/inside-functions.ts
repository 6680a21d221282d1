import { WorkshopError } from '../../model/workshop-error.ts';
import type { PreparedDatabase } from '../workbench.ts';

/**
 * A statement that a function puts together and runs with EXECUTE never crosses the wire. Where the learner's migrations
 * have such a function, new sessions are made to tell of every statement that ran (auto_explain), and the tap reads it.
 * Answers whether there is such a function. To be called before the clinic's first query.
 */
export async function watchFunctions({
  database,
}: Pick<PreparedDatabase, 'database'>): Promise<{ readonly areDynamic: boolean }> {
  const { rows } = await database.query(DYNAMIC_FUNCTIONS);
  if (rows.length === 0) return { areDynamic: false };
  await tellOfFunctions({ database });
  return { areDynamic: true };
}

/** Makes new sessions tell of every statement that runs inside a function, where the judge's role may ask for it. */
export async function tellOfFunctions({ database }: Pick<PreparedDatabase, 'database'>): Promise<void> {
  const settings = Object.entries(SETTINGS).map(
    ([name, value]) => `ALTER DATABASE "${database.name}" SET ${name} = '${value}';`,
  );
  // Only a superuser may: without it nothing is told, and that is noticed where it matters.
  await database.query(settings.join('\n')).catch(() => undefined);
}

/** Neither passed nor failed: there is SQL that could not be seen. */
export function unseenFunctions(): WorkshopError {
  return new WorkshopError(
    'UNDECIDED',
    'A function in your migrations runs SQL with EXECUTE, and this server does not let the judge see what it runs.',
    {
      remedy:
        'Unset DATABASE_URL, so that the workshop runs its own PostgreSQL, or write the function without EXECUTE.',
    },
  );
}

const DYNAMIC_FUNCTIONS = String.raw`
  SELECT FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND p.prosrc ~* '\mexecute\M'
  LIMIT 1`;

const SETTINGS = {
  session_preload_libraries: 'auto_explain',
  'auto_explain.log_min_duration': '0',
  'auto_explain.log_nested_statements': 'on',
  'auto_explain.log_level': 'notice',
  // Parameters are no part of a statement's text.
  'auto_explain.log_parameter_max_length': '0',
};
