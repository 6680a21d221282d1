import express, { type NextFunction, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { problemOf } from '../../model/workshop-error.ts';
import type { PageContext } from '../pages/page-context.ts';
import { problemPage } from '../pages/problem-page.ts';
import { editorPath } from './editor-path.ts';
import { isJson, ownOrigin, ownToken } from './security/own-requests.ts';

/** Everything that changes something: `POST` alone, from our own pages alone, with the session's token. */
export function actionRoutes(context: PageContext): Router {
  const { actions } = context.source;
  const router = Router();
  const limit = '16kb';
  const guards = [
    ownOrigin(),
    express.json({ limit }),
    express.urlencoded({ extended: false, limit }),
    ownToken(context.token),
  ];

  const ofStep = (path: string, anchor: string, act: (slug: string) => Promise<unknown>) =>
    router
      .route(`/steps/:slug/${path}`)
      .all(postOnly)
      .post(...guards, async (request: Request, response) => {
        const slug = String(request.params['slug']);
        if (!context.source.steps().some((step) => step.slug === slug)) {
          return response.status(404).type('text/plain').send(NO_STEP);
        }
        return perform(context, request, response, { back: `/steps/${slug}${anchor}`, act: () => act(slug) });
      });
  ofStep('check', '#verdict', (slug) => actions.check(slug));
  ofStep('hint', '#hints', (slug) => actions.revealHint(slug));
  ofStep('open', '', (slug) => actions.openStep(slug));

  router
    .route('/editor')
    .all(postOnly)
    .post(...guards, async (request, response) => {
      const wanted = editorRequest.safeParse(request.body);
      if (!wanted.success) {
        response.status(400).type('text/plain').send(EDITOR_REFUSED);
        return;
      }
      const { file, line, slug } = wanted.data;
      const known = context.source.steps().some((step) => step.slug === slug);
      const back = known ? `/steps/${slug}#verdict` : '/';
      await perform(context, request, response, { back, act: () => actions.openEditor(file, line) });
    });
  return router;
}

/** A link or a picture must never change anything. */
function postOnly(request: Request, response: Response, next: NextFunction): void {
  if (request.method === 'POST') return next();
  response.status(405).set('Allow', 'POST').type('text/plain').send(POST_ONLY);
}

interface Action {
  /** Path of the page that shows what came of it. */
  readonly back: string;
  readonly act: () => Promise<unknown>;
}

/** A form goes back to its page; the script gets 204 and `Content-Location`, or the problem as JSON. */
async function perform(
  context: PageContext,
  request: Request,
  response: Response,
  { back, act }: Action,
): Promise<void> {
  try {
    await act();
  } catch (thrown) {
    const problem = problemOf(thrown);
    response.status(500);
    if (isJson(request)) response.json(problem);
    else response.type('html').send(problemPage(context, problem, back));
    return;
  }
  if (isJson(request)) response.status(204).location(back).end();
  else response.redirect(303, back);
}

const editorRequest = z.object({
  file: editorPath,
  line: z.coerce.number().int().min(1).max(1_000_000).optional(),
  slug: z.string().default(''),
});

const NO_STEP = 'There is no such step.\n';
const POST_ONLY = 'This address only takes what a button of the guide sends.\n';
const EDITOR_REFUSED = 'The guide opens files under app/ only, by a path without ".." and a line from 1.\n';
