import { type Progress, stepProgress, workedAt } from '../../model/progress.ts';
import type { Step } from '../../model/step.ts';
import { count } from './count.ts';
import { type Html, html } from './html.ts';
import { icon } from './icon.ts';
import { stepState } from './step-state.ts';
import { tally } from './step-list.ts';

/** Every step with its state, and what it took: time and hints. */
export function whereIAm(steps: readonly Step[], progress: Progress): Html {
  const totals = [tally(steps, progress), ...whatItTook(steps, progress)];
  return html`<section aria-labelledby="all-steps">
    <div class="overview-head">
      <h2 id="all-steps">The steps</h2>
      <p>${totals.join(' · ')}</p>
    </div>
    ${strip(steps, progress)}
    <ol class="overview" role="list">
      ${steps.map((step) => card(step, progress))}
    </ol>
  </section>`;
}

/** One piece a step in the colour of its state; the words are in the list below. */
function strip(steps: readonly Step[], progress: Progress): Html {
  return html`<div class="strip" aria-hidden="true">
    ${steps.map((step) => {
      const { name } = stepState(step, stepProgress(progress, step.slug));
      return html`<span data-state="${name}" data-key="strip-${step.slug}"></span>`;
    })}
  </div>`;
}

function card(step: Step, progress: Progress): Html {
  const state = stepState(step, stepProgress(progress, step.slug));
  const took = whatItTook([step], progress).join(', ');
  return html`<li class="card" data-state="${state.name}" data-key="card-${step.slug}">
    <span class="card-number">${step.number}</span>
    <div class="card-text">
      <h3><a href="/steps/${step.slug}">${step.title}</a></h3>
      <p>${step.summary}</p>
    </div>
    <p class="card-facts">
      <span class="state">${icon(state.icon)}${state.word}</span>
      <span class="minutes">${took === '' ? `about ${step.minutes} min` : took}</span>
    </p>
  </li>`;
}

/** Time at work and hints taken, summed; nothing where there was none. */
function whatItTook(steps: readonly Step[], progress: Progress): readonly string[] {
  const worked = sum(steps.map((step) => workedAt(progress, step.slug)));
  const hints = sum(steps.map((step) => stepProgress(progress, step.slug).hintsRevealed));
  return [...(worked < MINUTE_MS ? [] : [timeSpent(worked)]), ...(hints === 0 ? [] : [count(hints, 'hint')])];
}

/** `25 min`, `1 h 5 min`. */
function timeSpent(milliseconds: number): string {
  const minutes = Math.round(milliseconds / MINUTE_MS);
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes} min`;
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

const MINUTE_MS = 60_000;
