import { type Progress, stepProgress } from '../model/progress.ts';
import type { Step } from '../model/step.ts';
import { WorkshopError } from '../model/workshop-error.ts';
import { findStep } from '../store/catalogue.ts';

/** The steps of those words (numbers, slugs, `all`), each once; without words the current one. Throws `STEP_UNKNOWN`. */
export function chosenSteps(
  words: readonly string[],
  catalogue: readonly Step[],
  progress: Progress,
): readonly Step[] {
  if (words.length === 0) return [presentStep(catalogue, progress)];
  const chosen = words.flatMap((word) => (word === 'all' ? catalogue : [findStep(catalogue, word)]));
  return [...new Set(chosen)];
}

/** The step of one word, or the current one. */
export function chosenStep(word: string | undefined, catalogue: readonly Step[], progress: Progress): Step {
  return word === undefined ? presentStep(catalogue, progress) : findStep(catalogue, word);
}

/** The step opened last, else the first judged one that is not done, else the first. */
function presentStep(catalogue: readonly Step[], progress: Progress): Step {
  const isOpen = (step: Step) => step.judged && stepProgress(progress, step.slug).state !== 'done';
  const step =
    catalogue.find(({ slug }) => slug === progress.current) ?? catalogue.find(isOpen) ?? catalogue[0];
  if (step !== undefined) return step;
  throw new WorkshopError('STEPS_MISSING', 'There is no step in the folder steps/.', {
    remedy: 'Bring the folder back with `git checkout -- steps`.',
  });
}
