import { stepProgress } from '../../model/progress.ts';
import type { Step } from '../../model/step.ts';
import { type Discussion, splitDiscussion } from '../../store/discussion.ts';
import { answerForm } from '../components/answer-form.ts';
import { actionForm } from '../components/form.ts';
import { type Html, html } from '../components/html.ts';
import { scoreForm } from '../components/score-form.ts';
import { guideText, withoutTitle } from './guide-text.ts';
import { layout } from './layout.ts';
import type { PageContext } from './page-context.ts';

/** For after the step; before it the text is folded, because it gives the fix away. */
export async function discussionPage(context: PageContext, step: Step): Promise<string> {
  const { slug } = step;
  const main = html`<article class="prose discussion">
    <p class="eyebrow"><a href="/steps/${slug}">Step ${step.number}: ${step.title}</a></p>
    <h1>Discussion</h1>
    <div
      class="prose"
      data-live="/steps/${slug}/discussion-body"
      data-slug="${slug}"
      data-live-on="${RENEWED_BY}"
    >
      ${await discussionFragment(context, step)}
    </div>
    <p><a href="/steps/${slug}">Back to the step</a></p>
  </article>`;
  return layout(context, { title: `Discussion: ${step.title} · Second Opinion`, slug, main });
}

/** Everything below the title; also sent alone when something was answered, in another window perhaps. */
export async function discussionFragment(context: PageContext, step: Step): Promise<Html> {
  const text = await guideText(context, 'discussion', async () =>
    discussionText(
      context,
      step,
      splitDiscussion(withoutTitle((await context.source.content(step)).discussion)),
    ),
  );
  const { state, doneAt, answers, score } = stepProgress(context.source.progress(), step.slug);
  const isBegun = score !== null || Object.keys(answers).length > 0;
  if (doneAt !== null || !step.judged || isBegun)
    return html`${text} ${state === 'done' && wayOn(context, step)}`;
  return html`<p>${EARLY}</p>
    <details class="early">
      <summary>${READ_NOW}</summary>
      ${text}
    </details>`;
}

/** Whoever has read it to its end goes on from here. */
function wayOn({ source, token }: PageContext, step: Step): Html | null {
  const steps = source.steps();
  const next = steps[steps.findIndex(({ slug }) => slug === step.slug) + 1];
  if (next === undefined) return null;
  const label = `Go on to step ${next.number}: ${next.title}`;
  return actionForm({ action: `/steps/${next.slug}/open`, token, label, look: 'primary' });
}

async function discussionText(context: PageContext, step: Step, discussion: Discussion): Promise<Html> {
  const { score } = stepProgress(context.source.progress(), step.slug);
  const render = async (text: string, name: string) =>
    (await context.markdown.render(text, `discussion-${name}-`)).body;
  const levels = discussion.rubric.map(async ({ level, text }) => ({
    level,
    text: await render(text, level),
  }));
  const view = { slug: step.slug, token: context.token, score, levels: await Promise.all(levels) };
  return html`${await render(discussion.points, 'points')}
  ${discussion.questions.length > 0 && (await questions(context, step, discussion.questions))}
  ${
    view.levels.length > 0 &&
    html`<h2 id="score">Score yourself</h2>
      <p>${SCORING}</p>
      ${scoreForm(view)}`
  }
  ${await render(discussion.reading, 'reading')}`;
}

async function questions(context: PageContext, step: Step, asked: readonly string[]): Promise<Html> {
  const { answers } = stepProgress(context.source.progress(), step.slug);
  const items = asked.map(async (question, index) => {
    const number = index + 1;
    const saved = Object.hasOwn(answers, question) ? (answers[question] ?? null) : null;
    const form = {
      slug: step.slug,
      token: context.token,
      number,
      question,
      labelledBy: `question-${number}`,
      text: saved?.text ?? '',
      saved,
    };
    return html`<li data-key="q${number}">
      <div class="question" id="question-${number}">
        ${(await context.markdown.render(question, '')).body}
      </div>
      ${answerForm(form)}
    </li>`;
  });
  return html`<h2 id="questions">Questions to ask</h2>
    <p>${ANSWERING}</p>
    <ol class="questions">
      ${await Promise.all(items)}
    </ol>`;
}

const RENEWED_BY = 'run.finished discussion.answered discussion.scored';
const EARLY =
  'This step has not passed yet. The discussion gives the fix away, so it is worth more afterwards.';
const READ_NOW = 'Read it now anyway';
const ANSWERING =
  'Answer in your own words, as you would to somebody across the table. What you write stays on this computer, and your report shows it.';
const SCORING =
  'Answer first, then read what engineers of three levels would say, and choose the one that your answers come nearest to. Nobody else sees it, so be honest.';
