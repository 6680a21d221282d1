import type { Step } from '../../model/step.ts';
import type { Problem } from '../../model/workshop-error.ts';
import { answerForm } from '../components/answer-form.ts';
import { html } from '../components/html.ts';
import { problemNotice } from '../components/problem-notice.ts';
import { layout } from './layout.ts';
import type { PageContext } from './page-context.ts';

export interface UnsavedAnswer {
  readonly step: Step;
  readonly question: string;
  readonly text: string;
}

/** An answer that could not be kept, shown back whole, to be changed and sent again. */
export function answerProblemPage(
  context: PageContext,
  problem: Problem,
  { step: { slug }, question, text }: UnsavedAnswer,
): string {
  const form = { slug, token: context.token, number: 1, question, labelledBy: 'question', text, saved: null };
  const main = html`<div class="prose">
    <h1>Your answer was not saved</h1>
    ${problemNotice(problem)}
    <p>Here it is as you wrote it. Nothing of it is lost while this page is open.</p>
    <p id="question"><strong>${question}</strong></p>
    ${answerForm(form)}
    <p><a href="/steps/${slug}/discussion">Back to the discussion</a></p>
  </div>`;
  return layout(context, { title: 'Your answer was not saved · Second Opinion', slug, main });
}
