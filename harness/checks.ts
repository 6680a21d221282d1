import type { Run } from './run.ts';

/** One named check. It reports findings on the run; one that reports no error has passed. */
export type Check = (run: Run) => Promise<void> | void;

/** The checks of a step by their id, in the order of its `step.json`. */
export type Checks = Readonly<Record<string, Check>>;

/**
 * What `step.test.ts` exports by default. The judge runs the checks directly, in a process that stays warm;
 * `npx vitest run steps/NN-*` runs the same checks as tests, alone and cold.
 */
export async function defineChecks(directory: string, checks: Checks): Promise<Checks> {
  if (process.env['VITEST'] !== undefined) {
    const { registerTests } = await import('./vitest-tests.ts');
    registerTests(directory, checks);
  }
  return checks;
}
