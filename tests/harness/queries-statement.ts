import type { TappedStatement } from '../../database/tap.ts';

/** A statement as the tap would tell of it. */
export function statement(
  sql: string,
  parameters: readonly string[] = [],
  more: Partial<TappedStatement> = {},
): TappedStatement {
  const seq = Math.round(performance.now() * 1_000);
  return {
    seq,
    connection: 1,
    sql,
    parameters,
    rows: 1,
    at: seq / 1_000,
    milliseconds: 0.5,
    tag: 'SELECT 1',
    error: null,
    protocol: 'extended',
    ...more,
  };
}
