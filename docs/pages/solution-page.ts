import { type Progress, stepProgress } from '../../model/progress.ts';
import type { Step } from '../../model/step.ts';
import { problemOf } from '../../model/workshop-error.ts';
import type { ComparedFile, SolutionComparison } from '../../store/comparison.ts';
import { actionForm } from '../components/form.ts';
import { type Html, html } from '../components/html.ts';
import { problemNotice } from '../components/problem-notice.ts';
import { layout } from './layout.ts';
import type { PageContext } from './page-context.ts';

/** The learner's files beside the reference solution. Before the step has passed it asks once. */
export async function solutionPage(context: PageContext, step: Step): Promise<string> {
  const { slug } = step;
  const main = html`<div class="prose">
      <p class="eyebrow"><a href="/steps/${slug}">Step ${step.number}: ${step.title}</a></p>
      <h1>Yours beside the solution</h1>
    </div>
    <div data-live="/steps/${slug}/comparison" data-slug="${slug}" data-live-on="${RENEWED_BY}">
      ${await solutionFragment(context, step)}
    </div>
    <p class="prose"><a href="/steps/${slug}">Back to the step</a></p>`;
  return layout(context, { title: `Solution: ${step.title} · Second Opinion`, slug, main, wide: true });
}

/** The comparison, or the question that comes before it; also sent alone when files or progress change. */
export async function solutionFragment(context: PageContext, step: Step): Promise<Html> {
  if (step.judged && !mayLook(context.source.progress(), step)) return question(step, context.token);
  try {
    return await comparison(context, step, await context.source.comparison(step));
  } catch (thrown) {
    return problemNotice(problemOf(thrown));
  }
}

function mayLook(progress: Progress, { slug }: Step): boolean {
  const { doneAt, solutionRevealed } = stepProgress(progress, slug);
  return doneAt !== null || solutionRevealed;
}

function question({ slug }: Step, token: string): Html {
  const show = {
    action: `/steps/${slug}/solution`,
    token,
    label: 'Show the solution',
    look: 'primary',
  } as const;
  return html`<div class="prose">
    <p>${BEFORE}</p>
    <p>${MEANS}</p>
    ${actionForm(show)}
    <p><a href="/steps/${slug}#hints">Take a hint instead</a></p>
  </div>`;
}

async function comparison(
  context: PageContext,
  step: Step,
  { title, notes, files, conflicts }: SolutionComparison,
): Promise<Html> {
  const place = { slug: step.slug, token: context.token };
  const sections = files.map((file, index) => context.compareFile(file, index + 1, place));
  return html`<div class="prose">
      <p class="lead">${title}.</p>
      ${notes !== '' && html`<p>${notes}</p>`}
      <p>${ONE_OF_MANY}</p>
    </div>
    ${await Promise.all(sections)} ${files.some(isOther) && takingOver(step, conflicts)}`;
}

function isOther({ mine, theirs, unread }: ComparedFile): boolean {
  if (mine === null || theirs === null || unread !== null) return mine !== theirs || unread !== null;
  return !mine.equals(theirs);
}

function takingOver({ number }: Step, conflicts: SolutionComparison['conflicts']): Html {
  return html`<section class="prose" aria-labelledby="apply">
    <h2 id="apply">To take it over</h2>
    <p>${TAKING_OVER}</p>
    <p><code>npm run solution ${number} -- --apply</code></p>
    <p>It keeps a copy of your files first, which <code>npm run undo</code> brings back.</p>
    ${conflicts.length > 0 && conflictList(conflicts)}
  </section>`;
}

function conflictList(conflicts: SolutionComparison['conflicts']): Html {
  const place = ({ file, lines }: SolutionComparison['conflicts'][number]) =>
    lines === null
      ? file
      : `${file}, ${lines.to > lines.from ? `lines ${lines.from} to ${lines.to}` : `line ${lines.from}`}`;
  return html`<p>${CONFLICTS}</p>
    <ul>
      ${conflicts.map((conflict) => html`<li><code>${place(conflict)}</code>: ${conflict.reason}</li>`)}
    </ul>`;
}

const RENEWED_BY = 'run.finished solution.revealed solution.applied step.reset work.restored';
const BEFORE =
  'This step has not passed yet. You learn most from a fix that you found yourself, and the hints lead there one at a time.';
const MEANS =
  'Looking changes none of your files and takes nothing away: the checks stay as they are, and the step counts as done when they pass. Your report will say that you looked before it passed.';
const ONE_OF_MANY =
  'This is one right fix among many. The checks judge what the clinic does, and not whether it reads like this.';
const TAKING_OVER =
  'Nothing here writes into your files. Read it, type it, or let this command put what the solution changes into your files as they are:';
const CONFLICTS = 'As your files are now, the command would write nothing, because the two are at odds:';
