import type { Step } from '../../model/step.ts';
import type { Level } from '../../model/event.ts';
import { splitDiscussion } from '../../store/discussion.ts';
import { type FacilitatorNotes, parseFacilitatorNotes } from '../../store/facilitator-notes.ts';
import { type Html, html } from '../components/html.ts';
import { spoiler } from './facilitator-page.ts';
import { guideText } from './guide-text.ts';
import { layout } from './layout.ts';
import type { PageContext } from './page-context.ts';

/** One step for whoever leads a group through it: what to say and ask, and the rubric. Prints on one sheet. */
export async function facilitatorNotesPage(context: PageContext, step: Step): Promise<string> {
  const main = html`<article class="prose notes">
    <p class="eyebrow"><a href="/facilitator">For facilitators</a></p>
    <h1>Step ${step.number}: ${step.title}</h1>
    ${spoiler('This page says how the step is solved.')}
    <p class="lead">${step.summary}</p>
    ${await guideText(context, 'notes', () => notes(context, step))}
    <section class="rubric-section" aria-labelledby="rubric">
      <h2 id="rubric">Rubric: what people say about it</h2>
      ${await guideText(context, 'rubric', () => rubric(context, step))}
    </section>
    <p class="quiet">
      <a href="/steps/${step.slug}">The step</a> · <a href="/steps/${step.slug}/discussion">Its discussion</a>
    </p>
  </article>`;
  return layout(context, {
    title: `For facilitators: ${step.title} · Second Opinion`,
    slug: step.slug,
    main,
  });
}

async function notes(context: PageContext, step: Step): Promise<Html> {
  const { facilitator } = await context.source.content(step);
  if (facilitator === null) return html`<p>${ABSENT}</p>`;
  const parsed = parseFacilitatorNotes(facilitator, 'facilitator.md');
  const parts = SECTIONS.map(async ([key, title, id]) => {
    const { body } = await context.markdown.render(parsed[key], `${id}-`);
    return html`<section class="note" aria-labelledby="${id}">
      <h2 id="${id}">${title}</h2>
      ${body}
    </section>`;
  });
  return html`<div class="note-parts">${await Promise.all(parts)}</div>`;
}

async function rubric(context: PageContext, step: Step): Promise<Html> {
  const { rubric: levels } = splitDiscussion((await context.source.content(step)).discussion);
  if (levels.length === 0) return html`<p>${NO_RUBRIC}</p>`;
  const columns = levels.map(async ({ level, text }) => {
    const { body } = await context.markdown.render(text, `rubric-${level}-`);
    return html`<section class="rubric-level">
      <h3>${LEVELS[level]}</h3>
      ${body}
    </section>`;
  });
  return html`<div class="rubric">${await Promise.all(columns)}</div>`;
}

const SECTIONS: readonly (readonly [keyof FacilitatorNotes, string, string])[] = [
  ['say', 'Say', 'notes-say'],
  ['ask', 'Ask', 'notes-ask'],
  ['watchFor', 'Watch for', 'notes-watch-for'],
  ['timing', 'Timing', 'notes-timing'],
];
const LEVELS: Readonly<Record<Level, string>> = {
  junior: 'Junior',
  'mid-level': 'Mid-level',
  senior: 'Senior',
};
const ABSENT = 'What to say and ask at this step is not written yet. The rubric below is complete.';
const NO_RUBRIC = 'The discussion of this step does not say what people of each level would say.';
