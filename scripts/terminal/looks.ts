import type { CheckResult, Verdict } from '../../model/verdict.ts';
import type { StepStateName } from '../../docs/components/step-state.ts';
import type { Paint } from './paint.ts';

export interface Look {
  readonly glyph: string;
  readonly word: string;
  readonly colour: keyof Paint;
}

/** Glyph, word and colour: none of them says it alone. The words are those of the guide. */
export const CHECK_LOOKS: Readonly<Record<CheckResult['outcome'], Look>> = {
  passed: { glyph: '✓', word: 'passed', colour: 'green' },
  failed: { glyph: '✗', word: 'failed', colour: 'red' },
  blocked: { glyph: '–', word: 'not reached', colour: 'dim' },
  errored: { glyph: '!', word: 'could not run', colour: 'yellow' },
};

export const VERDICT_LOOKS: Readonly<Record<Verdict['outcome'], Look>> = {
  passed: { glyph: '✓', word: 'Passed', colour: 'green' },
  failed: { glyph: '✗', word: 'Failed', colour: 'red' },
  errored: { glyph: '!', word: 'The judge could not run', colour: 'yellow' },
  cancelled: { glyph: '–', word: 'Cancelled', colour: 'dim' },
};

export const STATE_LOOKS: Readonly<Record<StepStateName, Omit<Look, 'word'>>> = {
  untouched: { glyph: '○', colour: 'dim' },
  opened: { glyph: '◐', colour: 'blue' },
  failing: { glyph: '✗', colour: 'red' },
  done: { glyph: '✓', colour: 'green' },
  regressed: { glyph: '↺', colour: 'red' },
  unjudged: { glyph: '–', colour: 'dim' },
};
