import { type Progress, type StepProgress, stepProgress } from '../../model/progress.ts';
import type { Step } from '../../model/step.ts';
import { count } from './count.ts';
import { actionForm } from './form.ts';
import { type Html, html, type HtmlValue } from './html.ts';
import { icon } from './icon.ts';

/** One clear way on: begin, resume, or what is left when every step is done. */
export function nextUp(steps: readonly Step[], progress: Progress, token: string): Html {
  const next = nextStep(steps, progress);
  if (next === undefined) return allDone();
  const own = stepProgress(progress, next.slug);
  const label = html`${verb(isFirstVisit(steps, progress), own)} step ${next.number}: ${next.title}`;
  return html`<section class="next-up" aria-labelledby="next-up-title">
    <h2 id="next-up-title">${isFirstVisit(steps, progress) ? 'Begin here' : 'Go on here'}</h2>
    ${own.state === 'regressed' && html`<p class="regressed-note">${icon('regressed')}${BROKEN}</p>`}
    <p>${next.summary}</p>
    ${actionForm({ action: `/steps/${next.slug}/open`, token, label, look: 'primary' })}
    <p class="quiet">${whereItStands(next, own)}</p>
  </section>`;
}

/** Nobody has done anything so far. The first start of the workshop opens the first step and judges it once, unasked. */
export function isFirstVisit(steps: readonly Step[], progress: Progress): boolean {
  return steps.every((step, index) => {
    const { state, runs, hintsRevealed } = stepProgress(progress, step.slug);
    const asLeftByStart = index === 0 && runs <= 1 && hintsRevealed === 0 && state !== 'done';
    return state === 'untouched' || asLeftByStart;
  });
}

/** What broke again comes first, then what is open, what was begun, what is not done; with no step judged, the first to read. */
function nextStep(steps: readonly Step[], progress: Progress): Step | undefined {
  const judged = steps.filter((step) => step.judged);
  if (judged.length === 0) return steps[0];
  const stateOf = (step: Step) => stepProgress(progress, step.slug).state;
  const left = judged.filter((step) => stateOf(step) !== 'done');
  return (
    left.find((step) => stateOf(step) === 'regressed') ??
    left.find((step) => step.slug === progress.current) ??
    left.find((step) => stateOf(step) !== 'untouched') ??
    left[0]
  );
}

function verb(isFirst: boolean, { state }: StepProgress): string {
  if (isFirst) return 'Start with';
  return state === 'untouched' ? 'Go on with' : 'Resume';
}

function whereItStands(step: Step, { latest }: StepProgress): HtmlValue {
  if (latest?.verdict.outcome !== 'failed') return `Plan about ${step.minutes} minutes.`;
  const passing = latest.checks.filter((check) => check.outcome === 'passed').length;
  return `${passing} of ${count(step.checks.length, 'check')} passed at the last verdict.`;
}

function allDone(): Html {
  return html`<section class="next-up" data-done aria-labelledby="next-up-title">
    <h2 id="next-up-title">${icon('passed')}Nothing hurts any more</h2>
    <p>${ALL_DONE}</p>
    <ul class="ways">
      <li><a href="/report">Your report: what you fixed, and what you said</a></li>
      <li>
        <a href="/facilitator#facilitator-what-is-missing-from-this-project"
          >What else is missing from this project</a
        >
      </li>
      <li><a href="/facilitator">How to lead others through it</a></li>
    </ul>
  </section>`;
}

const BROKEN = 'A step that you had finished is broken again.';
const ALL_DONE =
  'Every step is done. The flaws are gone, and every feature is still there. Read the discussions once more before you have to explain them to somebody else.';
