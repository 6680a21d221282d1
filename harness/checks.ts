import type { Checks } from './check.ts';

/**
 * What `step.test.ts` exports by default. The judge runs the checks directly, in a process that stays warm; under vitest
 * they become tests, alone and cold.
 */
export async function defineChecks(directory: string, checks: Checks): Promise<Checks> {
  registration?.registerTests(directory, checks);
  return checks;
}

/** Loaded before any step's file goes on: vitest does not wait for what a test file exports. */
const registration = process.env['VITEST'] === undefined ? null : await import('./vitest-tests.ts');
