import type { Step } from '../../model/step.ts';
import { html } from '../components/html.ts';
import { layout } from './layout.ts';
import type { PageContext } from './page-context.ts';
import { closest } from './closest.ts';

/** Says what was asked for, and guesses what was meant. */
export function notFoundPage(context: PageContext, path: string): string {
  const steps = context.source.steps();
  const asked = path.split('/').filter(Boolean).at(-1) ?? '';
  const slug = closest(
    asked.replace(/^\d+-/, ''),
    steps.map((step) => step.slug),
  );
  const meant = steps.find((step) => step.slug === slug);
  const main = html`<div class="prose">
    <h1>There is no such page</h1>
    <p>Nothing is at <code>${path}</code>. ${meant !== undefined && suggestion(meant)}</p>
    <p>All steps are in the list of steps, and <a href="/">the first page</a> says where to go on.</p>
  </div>`;
  return layout(context, { title: 'No such page · Second Opinion', slug: null, main });
}

function suggestion(step: Step) {
  return html`Did you mean <a href="/steps/${step.slug}">step ${step.number}, ${step.title}</a>?`;
}
