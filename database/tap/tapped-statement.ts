/** One statement as it crossed the wire. Times are milliseconds of this process's `performance.now()`. */
export interface TappedStatement {
  /**
   * Rises by one with each statement of a tap, over all its connections, in the order they were sent; one that was refused before
   * anybody executed it is numbered when it is refused.
   */
  readonly seq: number;
  /** Rises by one with each connection of a tap. */
  readonly connection: number;
  /** The text as sent; what is beyond 1 MB is cut. Several statements in one simple query stay one text. */
  readonly sql: string;
  /** As text, in order; `null` is SQL's NULL, a binary one is hexadecimal, and what is beyond 64 KB is cut. Of a message
   * beyond 1 MB the last parameters may be missing. */
  readonly parameters: readonly (string | null)[];
  /** Rows that the server sent back. */
  readonly rows: number;
  readonly at: number;
  /** Until the server's answer was complete; `null` when it never came. */
  readonly milliseconds: number | null;
  /** The server's command tags (`SELECT 3`), joined with `; ` when there are several. */
  readonly tag: string | null;
  /** `position` counts characters of `sql` from 1. */
  readonly error: { readonly code: string; readonly message: string; readonly position?: number } | null;
  readonly protocol: 'simple' | 'extended';
  /** Statements run inside functions, when the server reports them by notices (auto_explain). */
  readonly nested?: readonly string[];
}
