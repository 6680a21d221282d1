import { duration } from '../../docs/components/clock.ts';
import type { Step } from '../../model/step.ts';
import type { CheckResult } from '../../model/verdict.ts';
import { CHECK_LOOKS } from './looks.ts';
import type { Paint } from './paint.ts';

/** One line: how a check came out. */
export function renderCheck(step: Step, result: CheckResult, paint: Paint): string {
  const { glyph, word, colour } = CHECK_LOOKS[result.outcome];
  const after = result.outcome === 'blocked' ? blockedBy(step, result.by) : duration(result.durationMs);
  return `  ${paint[colour](`${glyph} ${word.padEnd(WIDEST_WORD)}`)}  ${titleOf(step, result.id)}  ${paint.dim(after)}`;
}

export function titleOf(step: Step, id: string): string {
  return step.checks.find((check) => check.id === id)?.title ?? id;
}

const blockedBy = (step: Step, id: string) => `because this failed: ${titleOf(step, id)}`;

const WIDEST_WORD = Math.max(...Object.values(CHECK_LOOKS).map(({ word }) => word.length));
