import type { Run } from './run.ts';

/** One named check. It reports findings on the run; one that reports no error has passed. */
export type Check = (run: Run) => Promise<void> | void;

/** The checks of a step by their id, in the order of its `step.json`. */
export type Checks = Readonly<Record<string, Check>>;
