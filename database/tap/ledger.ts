import type { TappedStatement } from './tapped-statement.ts';

/** A statement whose answer is still being written down. */
export type OpenStatement = { -readonly [Key in keyof TappedStatement]: TappedStatement[Key] } & {
  /** Sent, but never run, because something before it in the same batch was refused. */
  isSkipped: boolean;
};

/** Where all connections of a tap write down their statements. */
export interface Ledger {
  begin(what: Pick<TappedStatement, 'connection' | 'sql' | 'parameters' | 'protocol'>): OpenStatement;
  take(): readonly TappedStatement[];
}

/** `onOverflow` hears of statements that were thrown away because nobody took them. */
export function createLedger(onOverflow: (error: Error) => void): Ledger {
  let statements: OpenStatement[] = [];
  let seq = 0;
  return {
    begin(what) {
      const statement = { ...what, ...UNANSWERED, seq: ++seq, at: performance.now() };
      statements.push(statement);
      if (statements.length > MOST_KEPT) {
        statements = statements.slice(MOST_KEPT / 2);
        onOverflow(new Error(`more than ${MOST_KEPT} statements were not taken; the older half is lost`));
      }
      return statement;
    },
    take() {
      const taken = statements;
      statements = [];
      return taken
        .filter((statement) => !statement.isSkipped)
        .map(({ isSkipped: _, ...statement }) => statement);
    },
  };
}

export function finish(statement: OpenStatement): void {
  statement.milliseconds ??= performance.now() - statement.at;
}

const UNANSWERED = { rows: 0, milliseconds: null, tag: null, error: null, isSkipped: false };

/** About 50 MB of short statements. */
const MOST_KEPT = 100_000;
