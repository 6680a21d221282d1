import type { StepProgress } from '../../../model/progress.ts';
import type { Step } from '../../../model/step.ts';

/** What the box of a step's verdict is drawn from. */
export interface VerdictView {
  readonly step: Step;
  readonly progress: StepProgress;
  /** The step that the learner is at, which a save judges. */
  readonly watched: Step;
  readonly token: string;
}
