import { type Progress, stepProgress } from '../../model/progress.ts';
import type { Step } from '../../model/step.ts';
import { type Html, html } from './html.ts';
import { icon } from './icon.ts';
import { stepState } from './step-state.ts';

/** The ordered list beside a page. `shown` is the slug of the page itself, or `null` on a page that is no step's. */
export function stepList(steps: readonly Step[], progress: Progress, shown: string | null): Html {
  return html`<ol class="steps" role="list">
    ${steps.map((step) => item(step, progress, shown))}
  </ol>`;
}

/** How many steps are done of those that are judged: `3 of 10 done`. */
export function tally(steps: readonly Step[], progress: Progress): string {
  const judged = steps.filter((step) => step.judged);
  const done = judged.filter((step) => stepProgress(progress, step.slug).state === 'done');
  return `${done.length} of ${judged.length} done`;
}

function item(step: Step, progress: Progress, shown: string | null): Html {
  const state = stepState(step, stepProgress(progress, step.slug));
  const current = step.slug === shown && html` aria-current="page"`;
  return html`<li class="step" data-state="${state.name}" data-key="${step.slug}">
    <a href="/steps/${step.slug}" ${current}>
      <span class="step-number">${step.number}</span>
      <span class="step-title">${step.title}</span>
      <span class="state">${icon(state.icon)}${state.word}</span>
    </a>
  </li>`;
}
