import type { Step } from '../../model/step.ts';
import { type Html, html } from '../components/html.ts';
import { icon } from '../components/icon.ts';
import { layout } from './layout.ts';
import type { PageContext } from './page-context.ts';
import { writtenText } from './written-page.ts';

/** How to lead a group through the workshop, and the way to the notes of each step. */
export async function facilitatorPage(context: PageContext): Promise<string> {
  const text = await writtenText(context, 'facilitator', {
    prefix: 'facilitator-',
    contents: 'lines',
    absent: 'The plan for a group is not written yet. The notes of each step are below.',
    between: stepNotes(context.source.steps()),
  });
  const main = html`<article class="prose">
    <h1>For facilitators</h1>
    ${spoiler('These pages say how each step is solved. If you are here to learn, come back when you have passed it.')}
    ${text}
  </article>`;
  return layout(context, { title: 'For facilitators · Second Opinion', slug: null, main });
}

export function spoiler(text: string): Html {
  return html`<p class="spoiler">
    ${icon('warning')}<span><strong>Gives answers away.</strong> ${text}</span>
  </p>`;
}

function stepNotes(steps: readonly Step[]): Html {
  return html`<section aria-labelledby="notes">
    <h2 id="notes">Notes for each step</h2>
    <ol class="note-list" role="list">
      ${steps.map(
        ({ number, slug, title, minutes }) =>
          html`<li>
            <span class="step-number">${number}</span> <a href="/facilitator/${slug}">${title}</a>
            <span class="minutes">${minutes} min alone</span>
          </li>`,
      )}
    </ol>
  </section>`;
}
