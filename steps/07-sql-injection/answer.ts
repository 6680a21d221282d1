import type { Exchange } from '../../harness/visit.ts';

/** What came back, in one sentence: status, what the page says, and what PostgreSQL said when it refused a statement. */
export function answerOf(exchange: Exchange): string {
  const page = exchange.page();
  const said = page.error() === null ? '' : `, "${(page.text('h1')[0] ?? '').slice(0, 200)}"`;
  const errors = exchange.statements.flatMap(({ error }) =>
    error === null ? [] : `${error.message} (SQLSTATE ${error.code})`,
  );
  const refused = errors.length === 0 ? '' : ` PostgreSQL had refused a statement: ${errors.join('; ')}.`;
  return `Status ${exchange.status}${said}.${refused}`;
}

export function listed(names: readonly string[], none = 'nobody'): string {
  if (names.length === 0) return none;
  const shown = names.slice(0, MOST_LISTED).join('; ');
  return names.length > MOST_LISTED ? `${shown}; and ${names.length - MOST_LISTED} more` : shown;
}

const MOST_LISTED = 6;
