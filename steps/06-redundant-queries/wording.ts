import { askedAt } from '../../harness/queries/asked-at.ts';
import type { Query } from '../../harness/queries/query.ts';
import type { Evidence, Run } from '../../harness/run.ts';
import { statementEvidence } from '../../harness/sql/statement-evidence.ts';
import type { Exchange } from '../../harness/visit.ts';

/** Everything that a request sent, for the X-ray. */
export const shownOf = ({ method, path, statements }: Exchange): Evidence =>
  statementEvidence(`${method} ${path}`, statements);

/** Where the learner's files ask it, if that can be found. */
export function placed(run: Run, query: Query | undefined) {
  return { location: (query === undefined ? null : askedAt(run.sources, query.sql)) ?? VIEW };
}

export const times = (count: number) => (count === 2 ? 'twice' : `${count} times`);
export const short = ({ sql }: Query) => cut(sql.replace(/\s+/g, ' ').trim());
export const cut = (sql: string) => (sql.length > LONGEST_SQL ? `${sql.slice(0, LONGEST_SQL)}…` : sql);

export const VIEW = { file: 'app/src/views/facilities.ts' };
const LONGEST_SQL = 160;

/** In a finding. */
export const MOST_GROUPS = 6;
/** Twice what the page needs, so that nobody is refused for a question more. */
export const MOST_QUERIES = 8;
