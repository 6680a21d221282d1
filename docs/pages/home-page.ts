import { type Html, html } from '../components/html.ts';
import { isFirstVisit, nextUp } from '../components/next-step.ts';
import { whereIAm } from '../components/where-i-am.ts';
import { layout } from './layout.ts';
import type { PageContext } from './page-context.ts';

/** A newcomer reads how it goes before the steps; who comes back finds the way on first. */
export function homePage(context: PageContext): string {
  const { source } = context;
  const isFirst = isFirstVisit(source.steps(), source.progress());
  const how = howItGoes(source.clinicUrl);
  const main = html`<div class="prose">
      <h1>Second Opinion</h1>
      <p class="lead">${LEAD}</p>
    </div>
    ${isFirst && how}
    <div data-live="/overview">${overview(context)}</div>
    ${!isFirst && how}`;
  return layout(context, { title: 'Second Opinion', slug: null, main, alone: true });
}

/** What to do next and where every step stands; also sent alone when progress changes. */
export function overview({ source, token }: PageContext): Html {
  const steps = source.steps();
  const progress = source.progress();
  return html`${nextUp(steps, progress, token)} ${whereIAm(steps, progress)}`;
}

function howItGoes(clinicUrl: string): Html {
  return html`<section class="how" aria-labelledby="how">
    <h2 id="how">How a step goes</h2>
    <ol class="how-steps" role="list">
      <li>
        <strong>See it hurt.</strong> Read what is wrong, and see it in
        <a href="${clinicUrl}" target="clinic" rel="noreferrer">the running clinic</a>.
      </li>
      <li><strong>Mend it.</strong> Change the code in <code>app/</code> with your own editor, and save.</li>
      <li>
        <strong>Read the verdict.</strong> It appears by itself: what was tried, what happened, where to look.
      </li>
    </ol>
    <p class="quiet">${SAFETY}</p>
  </section>`;
}

const LEAD =
  'A clinic’s web application works, and yet several things are wrong with it. You fix them one at a time: each begins as a failing check and ends as a passing one.';
const SAFETY =
  'Every patient in the clinic is made up. Nothing here leaves your computer, and your files are never overwritten without a copy that one command brings back.';
