import type { Answer } from '../../model/progress.ts';
import { type Html, html, type HtmlValue } from './html.ts';
import { since } from './moment.ts';

export interface AnswerFormView {
  readonly slug: string;
  readonly token: string;
  /** From 1. */
  readonly number: number;
  readonly question: string;
  /** Id of the element that shows the question. */
  readonly labelledBy: string;
  readonly text: string;
  /** What is kept already; `null` when nothing is. */
  readonly saved: Answer | null;
  readonly label?: HtmlValue;
}

/** A place to write one's own answer. The page's script keeps what is typed and not saved yet. */
export function answerForm({ slug, token, number, question, labelledBy, text, saved }: AnswerFormView): Html {
  // The first line break of a textarea is dropped by every browser, so one is put before what is kept.
  return html`<form
    class="answer"
    method="post"
    action="/steps/${slug}/answer"
    data-action
    data-key="a${number}"
  >
    <input type="hidden" name="token" value="${token}" />
    <input type="hidden" name="question" value="${question}" />
    <input type="hidden" name="anchor" value="question-${number}" />
    <textarea name="answer" rows="4" aria-labelledby="${labelledBy}" data-draft="${slug} ${question}">
${text}</textarea>
    <div class="answer-foot">
      <button class="button" data-look="plain">Save my answer</button>
      <p class="quiet" role="status" data-saved>${saved !== null && html`Saved ${since(saved.at)}`}</p>
      <p class="quiet" data-unsaved hidden>Not saved yet</p>
    </div>
  </form>`;
}
