import type { PreparedDatabase } from '../workbench.ts';
import { tellOfFunctions } from '../sql/inside-functions.ts';
import type { TappedStatement } from '../../database/tap.ts';

/** A function that the learner's migrations made. */
export interface OwnFunction {
  readonly name: string;
  readonly language: string;
  readonly source: string;
}

/**
 * The functions of the learner's migrations. When there are any, new sessions tell of the statements inside them, where
 * the server lets the judge ask for it. To be called before the clinic's first query.
 */
export async function ownFunctions(
  prepared: Pick<PreparedDatabase, 'database'>,
): Promise<readonly OwnFunction[]> {
  const { rows } = await prepared.database.query<OwnFunction & Record<string, unknown>>(OWN_FUNCTIONS);
  if (rows.length > 0) await tellOfFunctions(prepared);
  return rows;
}

/** A statement that ran inside a loop of a function, and how often. */
export interface LoopedStatement {
  readonly sql: string;
  readonly function: string;
  readonly times: number;
}

/**
 * The statements that loops of functions ran more than once: the most frequent first. A function that has no loop and is
 * called for each row is left out: it is planned as a subquery would be.
 */
export function loopedStatements(
  statements: readonly TappedStatement[],
  functions: readonly OwnFunction[],
): readonly LoopedStatement[] {
  const loops = functions.filter(({ source }) => /\bloop\b/i.test(withoutComments(source)));
  const times = new Map<string, number>();
  for (const { sql, nested = [] } of statements)
    for (const inside of nested)
      if (inside !== sql) times.set(folded(inside), (times.get(folded(inside)) ?? 0) + 1);
  return [...times]
    .flatMap(([sql, count]) => {
      // Text that stands in no function was put together by one.
      const home = functions.find(({ source }) => folded(source).includes(sql)) ?? loops[0];
      if (home === undefined || !loops.includes(home) || count < 2) return [];
      return [{ sql, function: home.name, times: count }];
    })
    .sort((a, b) => b.times - a.times);
}

const withoutComments = (source: string) => source.replace(/--[^\n]*|\/\*[^]*?\*\//g, ' ');
const folded = (sql: string) => sql.replace(/\s+/g, ' ').trim();

const OWN_FUNCTIONS = `
  SELECT p.proname AS name, l.lanname AS language, p.prosrc AS source
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
  WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')`;
