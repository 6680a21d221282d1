import { test } from 'vitest';

/** A row of docs/faults.md: its title is the row's first cell, to the letter. `table.test.ts` holds the two together. */
export function fault(title: string, prove: () => Promise<void>): void {
  test(title, prove, 120_000);
}

/** The same for what only some systems can be made to suffer; says in the report that it was left out. */
export function faultWhere(
  isPossible: boolean,
  title: string,
  prove: () => Promise<void>,
  limitMs = 120_000,
): void {
  test.runIf(isPossible)(title, prove, limitMs);
}
