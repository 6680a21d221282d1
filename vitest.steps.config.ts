import { defineConfig } from 'vitest/config';

/** The checks of the steps as tests, over `app/` as it stands: `npx vitest run --config vitest.steps.config.ts steps/07-sql-injection`. */
export default defineConfig({
  test: {
    include: ['steps/*/step.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    maxWorkers: 1,
  },
});
