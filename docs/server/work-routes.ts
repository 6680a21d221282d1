import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { Step } from '../../model/step.ts';
import type { Html } from '../components/html.ts';
import { answerProblemPage } from '../pages/answer-problem-page.ts';
import { discussionFragment, discussionPage } from '../pages/discussion-page.ts';
import type { PageContext } from '../pages/page-context.ts';
import { reportFragment, reportPage } from '../pages/report-page.ts';
import { resetFragment, resetPage } from '../pages/reset-page.ts';
import { solutionFragment, solutionPage } from '../pages/solution-page.ts';
import { ofStep } from './of-step.ts';
import { type Action, guards, perform, postOnly } from './perform.ts';

/** What a learner does with a step besides fixing it: compare, reset, undo, answer, score, report. */
export function workRoutes(context: PageContext): Router {
  const { actions } = context.source;
  const router = Router();

  const page = (path: string, render: (step: Step) => Promise<string | Html>) =>
    router.get(
      `/steps/:slug/${path}`,
      ofStep(context, async (step, response) => send(response, await render(step))),
    );
  page('solution', (step) => solutionPage(context, step));
  page('comparison', (step) => solutionFragment(context, step));
  page('reset', (step) => resetPage(context, step));
  page('reset-plan', (step) => resetFragment(context, step));
  page('discussion', (step) => discussionPage(context, step));
  page('discussion-body', (step) => discussionFragment(context, step));
  router.get('/report', async (_request, response) => send(response, await reportPage(context)));
  router.get('/report-body', async (_request, response) => send(response, await reportFragment(context)));

  const action = (path: string, of: (step: Step, body: unknown) => Action, guarding = guards(context)) =>
    router
      .route(`/steps/:slug/${path}`)
      .all(postOnly)
      .post(...guarding, async (request: Request, response) => {
        const step = context.source.steps().find(({ slug }) => slug === request.params['slug']);
        if (step === undefined) return response.status(404).type('text/plain').send(NO_STEP);
        return perform(context, request, response, of(step, request.body));
      });
  action('solution', ({ slug }) => ({
    back: `/steps/${slug}/solution`,
    act: () => actions.showSolution(slug),
  }));
  action('reset', ({ slug }, body) => ({
    back: `/steps/${slug}/reset`,
    act: () => actions.reset(slug, fieldOf(body, 'files').split('\n')),
  }));
  action('undo', ({ slug }, body) => ({
    back: `/steps/${slug}/reset`,
    act: () => actions.undo(slug, fieldOf(body, 'backup')),
  }));
  action('score', ({ slug }, body) => ({
    back: `/steps/${slug}/discussion#score`,
    act: () => actions.score(slug, fieldOf(body, 'level')),
  }));
  const answer = (step: Step, body: unknown): Action => {
    const [question, text] = [fieldOf(body, 'question'), fieldOf(body, 'answer')];
    return {
      back: `/steps/${step.slug}/discussion#${anchorOf(body)}`,
      act: () => actions.answer(step.slug, question, text),
      problem: (problem) => answerProblemPage(context, problem, { step, question, text }),
    };
  };
  action('answer', answer, guards(context, LARGEST_ANSWER_BODY, answerToCopy));
  return router;
}

/** A field of a form or of JSON; whatever is no text is none. */
function fieldOf(body: unknown, name: string): string {
  const fields = z.record(z.string(), z.unknown()).safeParse(body);
  const value = fields.success && Object.hasOwn(fields.data, name) ? fields.data[name] : '';
  return typeof value === 'string' ? value : '';
}

function anchorOf(body: unknown): string {
  return /^question-\d+$/.exec(fieldOf(body, 'anchor'))?.[0] ?? 'questions';
}

function answerToCopy(body: unknown): string {
  const text = fieldOf(body, 'answer');
  return text === '' ? '' : `Your answer, to be copied:\n\n${text}`;
}

function send(response: Response, page: string | Html): void {
  response.type('html').send(page.toString());
}

const NO_STEP = 'There is no such step.\n';
/** Far more than is kept: what is too long has to be read before it can be shown back. */
const LARGEST_ANSWER_BODY = '2mb';
