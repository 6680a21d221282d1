import type { Problem } from '../../model/workshop-error.ts';
import { html } from '../components/html.ts';
import { problemNotice } from '../components/problem-notice.ts';
import { layout } from './layout.ts';
import type { PageContext } from './page-context.ts';

/** For an action that failed, and for a fault of our own. `back` is where the form was. */
export function problemPage(context: PageContext, problem: Problem, back: string): string {
  const main = html`<div class="prose">
    <h1>That did not work</h1>
    ${problemNotice(problem)}
    <p><a href="${back}">Back to the page</a></p>
  </div>`;
  return layout(context, { title: 'That did not work · Second Opinion', slug: null, main });
}
