import type { ReportedFile, ReportedStep } from '../../../model/report.ts';
import { count } from '../count.ts';
import { type Html, html } from '../html.ts';
import { moment, timeSpent } from '../moment.ts';
import { diffBlock } from './diff-block.ts';

/** Whether there is anything to say about it. A file that an earlier step has in common with it says nothing. */
export function isTouched({ state, files, answers, score }: ReportedStep): boolean {
  const hasOwn = files.some(({ shownUnder }) => shownUnder === null);
  return hasOwn || answers.length > 0 || score !== null || (state !== 'untouched' && state !== 'unjudged');
}

export async function reportedStep(
  step: ReportedStep,
  ask: (question: string) => Promise<Html>,
): Promise<Html> {
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
    ${step.open.length > 0 && openChecks(step.open)}
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
    <ul class="prose">
      ${titles.map((title) => html`<li>${title}</li>`)}
    </ul>`;
}

function file({ path, diff, added, removed, shownUnder }: ReportedFile): Html {
  const size = `${count(added, 'line')} added, ${removed} removed`;
  if (shownUnder !== null) return html`<p><code>${path}</code>: shown under step ${shownUnder}.</p>`;
  return diffBlock(path, diff, size);
}
