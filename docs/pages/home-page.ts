import { type Progress, stepProgress } from '../../model/progress.ts';
import type { Step } from '../../model/step.ts';
import { actionForm } from '../components/form.ts';
import { type Html, html } from '../components/html.ts';
import { icon } from '../components/icon.ts';
import { tally } from '../components/step-list.ts';
import { stepState } from '../components/step-state.ts';
import { layout } from './layout.ts';
import type { PageContext } from './page-context.ts';

export function homePage(context: PageContext): string {
  const main = html`<div class="prose">
      <h1>Second Opinion</h1>
      <p class="lead">${LEAD}</p>
    </div>
    <div data-live="/overview">${overview(context)}</div>
    <section class="prose" aria-labelledby="how">
      <h2 id="how">How a step goes</h2>
      <ol class="plain-steps">
        <li>
          Read why the flaw hurts, and see it hurt in
          <a href="${context.source.clinicUrl}" target="clinic" rel="noreferrer">the running clinic</a>.
        </li>
        <li>Change the code in <code>app/</code> with your own editor, and save.</li>
        <li>
          The verdict appears on the step’s page: what was tried, what was expected, what happened and where
          to look.
        </li>
      </ol>
      <p>${SAFETY}</p>
    </section>`;
  return layout(context, { title: 'Second Opinion', slug: null, main, alone: true });
}

/** What to do next and where every step stands; also sent alone when progress changes. */
export function overview({ source, token }: PageContext): Html {
  const steps = source.steps();
  const progress = source.progress();
  return html`<div class="next-up">${nextUp(steps, progress, token)}</div>
    <section aria-labelledby="all-steps">
      <div class="overview-head">
        <h2 id="all-steps">The steps</h2>
        <p>${tally(steps, progress)}</p>
      </div>
      <ol class="overview" role="list">
        ${steps.map((step) => card(step, progress))}
      </ol>
    </section>`;
}

function card(step: Step, progress: Progress): Html {
  const state = stepState(step, stepProgress(progress, step.slug));
  return html`<li class="card" data-state="${state.name}" data-key="card-${step.slug}">
    <span class="card-number">${step.number}</span>
    <div class="card-text">
      <h3><a href="/steps/${step.slug}">${step.title}</a></h3>
      <p>${step.summary}</p>
    </div>
    <p class="card-facts">
      <span class="state">${icon(state.icon)}${state.word}</span>
      <span class="minutes">${step.minutes} min</span>
    </p>
  </li>`;
}

function nextUp(steps: readonly Step[], progress: Progress, token: string): Html {
  const next = nextStep(steps, progress);
  if (next === undefined) return html`<p><strong>Every step is done.</strong> ${ALL_DONE}</p>`;
  const { state } = stepProgress(progress, next.slug);
  const begun = steps.some((step) => stepProgress(progress, step.slug).state !== 'untouched');
  const verb = begun ? (state === 'untouched' ? 'Go on with' : 'Resume') : 'Start with';
  const label = html`${verb} step ${next.number}: ${next.title}`;
  return html`${state === 'regressed' && html`<p class="regressed-note">${icon('regressed')}${BROKEN}</p>`}
    ${actionForm({ action: `/steps/${next.slug}/open`, token, label, look: 'primary' })}
    <p class="quiet">${next.summary}</p>`;
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

const LEAD =
  'A clinic’s web application works, and yet several things are wrong with it. You fix them one at a time: each begins as a failing check and ends as a passing one.';
const SAFETY =
  'Every patient in the clinic is made up. Nothing here leaves your computer, and your files are never overwritten without a copy that one command brings back.';
const BROKEN = 'A step that you had finished is broken again.';
const ALL_DONE = 'Read the discussions once more before you have to explain them to somebody else.';
