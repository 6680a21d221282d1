import type { Step } from '../../../model/step.ts';
import type { NoXray } from '../../../model/xray.ts';

/** Why there is nothing to draw from the last run, and what brings a picture. */
export function noXray(no: NoXray | { readonly reason: 'no-run' }, step: Step): string {
  switch (no.reason) {
    case 'no-run':
      return 'No run of this step yet. Save a file in app/, or run the checks, and your code appears here.';
    case 'blocked':
      return `The last run has nothing to draw: “${titleOf(step, step.xray?.check)}” was not reached, because “${titleOf(step, no.by)}” failed before it. The verdict says why.`;
    case 'errored':
      return `The last run has nothing to draw, and this is not about your code: ${no.problem}`;
    case 'not-run':
      return `The last run ended before “${titleOf(step, step.xray?.check)}”, so it has nothing to draw.`;
    case 'nothing-shown':
      return no.finding === null
        ? 'The last run found nothing that can be drawn.'
        : `The last run has nothing to draw, because of this: ${no.finding}`;
    default:
      return no satisfies never;
  }
}

const titleOf = (step: Step, id: string | undefined) =>
  step.checks.find((check) => check.id === id)?.title ?? id ?? '';
