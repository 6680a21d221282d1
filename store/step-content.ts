import type { Step } from '../model/step.ts';
import { WorkshopError } from '../model/workshop-error.ts';

/** Markdown as written; `hints` mildest first. */
export interface StepContent {
  readonly guide: string;
  readonly hints: readonly string[];
  readonly discussion: string;
}

export function loadStepContent(step: Step): Promise<StepContent> {
  return Promise.reject(new WorkshopError('NOT_BUILT', `loadStepContent ${step.slug}`, { remedy: '' }));
}
