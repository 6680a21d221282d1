import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['node_modules/**', '.workshop/**'],
    // What is waited for comes: these only end what hangs, on a computer that is slow and busy as well.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    // One more than the cores of a small computer: for a third of their time tests wait for something.
    maxWorkers: 3,
  },
});
