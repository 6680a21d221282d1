import type { StepProgress } from '../../model/progress.ts';
import type { Step } from '../../model/step.ts';
import type { IconName } from './icon.ts';

export type StepStateName = StepProgress['state'] | 'unjudged';

export interface StepState {
  readonly name: StepStateName;
  readonly word: string;
  readonly icon: IconName;
}

/** Where a step stands, in a glyph and a word. */
export function stepState(step: Step, progress: StepProgress): StepState {
  const name = step.judged ? progress.state : 'unjudged';
  return { name, ...STATES[name] };
}

const STATES: Readonly<Record<StepStateName, Omit<StepState, 'name'>>> = {
  untouched: { word: 'not started', icon: 'waiting' },
  opened: { word: 'started', icon: 'opened' },
  failing: { word: 'failing', icon: 'failed' },
  done: { word: 'done', icon: 'passed' },
  regressed: { word: 'broken again', icon: 'regressed' },
  unjudged: { word: 'not judged yet', icon: 'unjudged' },
};
