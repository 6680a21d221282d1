import type { Report, ReportedStep } from '../../../model/report.ts';
import { count } from '../count.ts';
import { type Html, html } from '../html.ts';
import { moment, timeSpent } from '../moment.ts';
import { isTouched, reportedStep } from './reported-step.ts';
import type { ReportParts } from './report-parts.ts';

export async function reportBody(report: Report, parts: ReportParts): Promise<Html> {
  const touched = report.steps.filter(isTouched);
  if (touched.length === 0)
    return html`<div class="prose">${EMPTY.map((text) => html`<p>${text}</p>`)}</div>`;
  const sections = await Promise.all(touched.map((step) => reportedStep(step, parts)));
  return html`<p class="lead">${summary(report, touched)}</p>
    ${report.at !== null && html`<p class="quiet">As of ${moment(report.at)}.</p>`} ${table(touched)}
    ${open(report.steps)} ${sections}`;
}

function summary({ done, of }: Report, touched: readonly ReportedStep[]): string {
  const worked = touched.reduce((sum, step) => sum + step.workedMs, 0);
  const answers = touched.reduce((sum, step) => sum + step.answers.length, 0);
  const parts = [
    `${done} of ${of} steps fixed`,
    `${timeSpent(worked)} at work`,
    count(answers, 'question') + ' answered',
  ];
  return `${parts.join(', ')}.`;
}

function table(steps: readonly ReportedStep[]): Html {
  return html`<div class="table" tabindex="0" role="group" aria-label="All steps that were begun">
    <table>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col">State</th>
          <th scope="col">Time</th>
          <th scope="col">Hints</th>
          <th scope="col">Solution</th>
          <th scope="col">Answers</th>
          <th scope="col">Own score</th>
        </tr>
      </thead>
      <tbody>
        ${steps.map(
          (step) =>
            html`<tr>
              <th scope="row"><a href="#${step.slug}">${step.number}. ${step.title}</a></th>
              <td>${STATE_WORDS[step.state]}</td>
              <td class="numeric">${step.workedMs === 0 ? '–' : timeSpent(step.workedMs)}</td>
              <td class="numeric">${step.hints.used} of ${step.hints.of}</td>
              <td>${step.solution}</td>
              <td class="numeric">${step.answers.length} of ${step.questions}</td>
              <td>${step.score?.level ?? '–'}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function open(steps: readonly ReportedStep[]): Html | null {
  const left = steps.filter(({ state }) => state !== 'done' && state !== 'unjudged');
  if (left.length === 0) return null;
  return html`<section class="prose" aria-labelledby="open">
    <h2 id="open">What is open</h2>
    <ul>
      ${left.map((step) => html`<li>${step.number}. ${step.title}: ${STATE_WORDS[step.state]}</li>`)}
    </ul>
  </section>`;
}

export const STATE_WORDS: Readonly<Record<ReportedStep['state'], string>> = {
  untouched: 'not started',
  opened: 'started',
  failing: 'failing',
  done: 'fixed',
  regressed: 'was fixed, and is broken again',
  unjudged: 'not judged yet',
};

export const EMPTY = [
  'There is nothing to report yet, and that is how it should be on the first day.',
  'Open a step, fix it, answer a question of its discussion: what you did then stands here, with your own changes and your own words.',
] as const;
