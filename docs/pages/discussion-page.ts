import { stepProgress } from '../../model/progress.ts';
import type { Step } from '../../model/step.ts';
import { html } from '../components/html.ts';
import { guideText } from './guide-text.ts';
import { layout } from './layout.ts';
import type { PageContext } from './page-context.ts';

/** For after the step; before it the text is folded, because it gives the fix away. */
export async function discussionPage(context: PageContext, step: Step): Promise<string> {
  const text = await guideText(
    context,
    'discussion',
    async () => (await context.source.content(step)).discussion,
  );
  const done = stepProgress(context.source.progress(), step.slug).doneAt !== null;
  const main = html`<article class="prose">
    <p class="eyebrow"><a href="/steps/${step.slug}">Step ${step.number}: ${step.title}</a></p>
    <h1>Discussion</h1>
    ${
      done || !step.judged
        ? text
        : html`<p>${EARLY}</p>
            <details class="early">
              <summary>${READ_NOW}</summary>
              ${text}
            </details>`
    }
    <p><a href="/steps/${step.slug}">Back to the step</a></p>
  </article>`;
  return layout(context, { title: `Discussion: ${step.title} · Second Opinion`, slug: step.slug, main });
}

const EARLY =
  'This step has not passed yet. The discussion gives the fix away, so it is worth more afterwards.';
const READ_NOW = 'Read it now';
