import type { Checks } from './check.ts';

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
