import type { ReportedFile, ReportedStep } from '../../../model/report.ts';
import { count } from '../count.ts';
import { type Html, html } from '../html.ts';
import { moment, timeSpent } from '../moment.ts';
import { problemNotice } from '../problem-notice.ts';
import { xrayFigures } from '../xray/xray-figures.ts';
import { diffBlock } from './diff-block.ts';
import type { ReportParts } from './report-parts.ts';
import type { ReportedXray } from './reported-xrays.ts';

/** Whether there is anything to say about it. A file that an earlier step has in common with it says nothing. */
export function isTouched({ state, files, answers, score }: ReportedStep): boolean {
  const hasOwn = files.some(({ shownUnder }) => shownUnder === null);
  return hasOwn || answers.length > 0 || score !== null || (state !== 'untouched' && state !== 'unjudged');
}

export async function reportedStep(step: ReportedStep, { ask, xrays }: ReportParts): Promise<Html> {
  const xray = xrays.get(step.slug);
  const answers = step.answers.map(
    async ({ question, text, at }) =>
      html`<div class="reported-answer">
        <div class="question">${await ask(question)}</div>
        <p class="as-is">${text}</p>
        <p class="quiet">${moment(at)}</p>
      </div>`,
  );
  return html`<section class="reported" id="${step.slug}" aria-labelledby="title-${step.slug}">
    <h2 id="title-${step.slug}">${step.number}. ${step.title}</h2>
    <p>${step.summary}</p>
    <dl class="facts">
      ${facts(step).map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
    ${step.open.length > 0 && openChecks(step.open)} ${xray !== undefined && pictures(xray)}
    ${step.files.length > 0 && html`<h3>What you changed</h3>`} ${step.files.map(file)}
    ${step.answers.length > 0 && html`<h3>What you said</h3>`} ${await Promise.all(answers)}
  </section>`;
}

function facts(step: ReportedStep): readonly (readonly [string, Html | string])[] {
  const { startedAt, doneAt, workedMs, runs, hints, solution, score } = step;
  return [
    ['Fixed', doneAt === null ? 'not yet' : html`${moment(doneAt)}`],
    ...(step.state === 'regressed' ? [['Since then', 'it is broken again'] as const] : []),
    ...(startedAt === null ? [] : [['Begun', html`${moment(startedAt)}`] as const]),
    ['Time', `${timeSpent(workedMs)}, ${count(runs, 'verdict')}`],
    ['Hints', `${hints.used} of ${hints.of}`],
    ['Solution', solution],
    ...(score === null ? [] : [['Own score', html`${score.level}, ${moment(score.at)}`] as const]),
  ];
}

function openChecks(titles: readonly string[]): Html {
  return html`<h3>What is still open</h3>
    <div class="prose">
      <ul>
        ${titles.map((title) => html`<li>${title}</li>`)}
      </ul>
    </div>`;
}

function pictures(reported: ReportedXray): Html {
  return html`<h3>X-ray, before and now</h3>
    ${'problem' in reported ? problemNotice(reported.problem) : xrayFigures(reported.step, reported.xray)}`;
}

function file({ path, diff, added, removed, shownUnder }: ReportedFile): Html {
  const size = `${count(added, 'line')} added, ${removed} removed`;
  if (shownUnder !== null) return html`<p><code>${path}</code>: shown under step ${shownUnder}.</p>`;
  return diffBlock(path, diff, size);
}
