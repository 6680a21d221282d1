import type { Step } from '../model/step.ts';
import { WorkshopError } from '../model/workshop-error.ts';

/** Who names a step that has no checks is told so; who says `all` means those that have. Throws `STEP_NOT_JUDGED`. */
export function judgedOnes(
  steps: readonly Step[],
  words: readonly string[],
  say: (line: string) => void,
): readonly Step[] {
  const judged = steps.filter((step) => step.judged);
  const unjudged = steps.filter((step) => !step.judged);
  const isMeant = unjudged.length > 0 && !words.includes('all');
  if (isMeant || judged.length === 0) throw notJudged(unjudged);
  if (unjudged.length > 0) say(`Not judged yet, passed over: ${unjudged.map(titled).join(', ')}.`);
  return judged;
}

function notJudged(steps: readonly Step[]): WorkshopError {
  const which = steps.map(titled).join(', ');
  return new WorkshopError('STEP_NOT_JUDGED', `There are no checks yet for step ${which}.`, {
    remedy: 'Read it in the guide, and run `npm run list` to see which steps are judged.',
  });
}

const titled = (step: Step) => `${step.number} (${step.slug})`;
