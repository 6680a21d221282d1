import type { Verdict } from '../model/verdict.ts';

/** 0 passed, 1 failed, 2 errored, 130 interrupted (128 + SIGINT, as shells have it). Of several the gravest. */
export function exitCodeOf(verdicts: readonly Verdict[]): number {
  return Math.max(
    ...verdicts.map(({ outcome }) => CODES[outcome]),
    verdicts.length === 0 ? CODES.errored : 0,
  );
}

const CODES: Readonly<Record<Verdict['outcome'], number>> = {
  passed: 0,
  failed: 1,
  errored: 2,
  cancelled: 130,
};
