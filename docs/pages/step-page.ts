import { currentStep, stepProgress } from '../../model/progress.ts';
import type { Step } from '../../model/step.ts';
import { clinicPane } from '../components/clinic-pane.ts';
import { hintLadder } from '../components/hint-ladder.ts';
import { type Html, html } from '../components/html.ts';
import { stepFooter } from '../components/step-footer.ts';
import { guideText } from './guide-text.ts';
import { layout } from './layout.ts';
import type { PageContext } from './page-context.ts';
import { xrayPart } from './xray-part.ts';

export async function stepPage(context: PageContext, step: Step): Promise<string> {
  const { previous, next } = neighbours(context.source.steps(), step);
  const { slug } = step;
  const main = html`<div class="prose">
      <p class="eyebrow">Step ${step.number}, about ${step.minutes} minutes</p>
      <h1>${step.title}</h1>
      <p class="lead">${step.summary}</p>
    </div>
    <div id="verdict" data-live="/steps/${slug}/verdict" data-slug="${slug}">
      ${verdictFragment(context, step)}
    </div>
    ${clinicPane(step, context.source.clinicUrl)} ${await xrayPart(context, step)}
    <article class="prose guide" aria-label="Guide">
      ${await guideText(context, 'guide', async () => (await context.source.content(step)).guide)}
    </article>
    <div class="prose" id="hints" data-live="/steps/${slug}/hints" data-slug="${slug}">
      ${await hintsFragment(context, step)}
    </div>
    <div data-live="/steps/${slug}/footer" data-slug="${slug}">${footerFragment(context, step)}</div>`;
  return layout(context, {
    title: `${step.number}. ${step.title} · Second Opinion`,
    slug,
    main,
    previous: previous && `/steps/${previous.slug}`,
    next: next && `/steps/${next.slug}`,
  });
}

export function verdictFragment({ source, drawVerdict, token }: PageContext, step: Step): Html {
  const progress = source.progress();
  const watched = currentStep(progress, source.steps()) ?? step;
  return drawVerdict({ step, progress: stepProgress(progress, step.slug), watched, token });
}

export async function hintsFragment(context: PageContext, step: Step): Promise<Html> {
  return guideText(context, 'hints', async () => {
    const { hints } = await context.source.content(step);
    const { hintsRevealed } = stepProgress(context.source.progress(), step.slug);
    const revealed = hints.slice(0, hintsRevealed).map(async (hint, index) => {
      const { title, body } = splitTitle(hint);
      return { title, body: (await context.markdown.render(body, `hint-${index + 1}-`)).body };
    });
    const view = {
      slug: step.slug,
      revealed: await Promise.all(revealed),
      total: hints.length,
      token: context.token,
    };
    return hintLadder(view) ?? html``;
  });
}

export function footerFragment({ source, token }: PageContext, step: Step): Html {
  const { previous, next } = neighbours(source.steps(), step);
  return stepFooter({ step, progress: stepProgress(source.progress(), step.slug), previous, next, token });
}

function neighbours(
  steps: readonly Step[],
  step: Step,
): { previous: Step | undefined; next: Step | undefined } {
  const index = steps.findIndex((candidate) => candidate.slug === step.slug);
  return { previous: steps[index - 1], next: steps[index + 1] };
}

/** A hint may begin with its own `## ` heading, which joins "Hint 2 of 4" on one line. */
function splitTitle(hint: string): { title: string | null; body: string } {
  const match = /^\s*#{1,6} +([^\n]+)\n?/.exec(hint);
  if (match === null) return { title: null, body: hint };
  return { title: match[1] ?? null, body: hint.slice(match[0].length) };
}
