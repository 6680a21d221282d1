import { type Request, Router } from 'express';
import { z } from 'zod';
import type { PageContext } from '../pages/page-context.ts';
import { editorPath } from './editor-path.ts';
import { guards, perform, postOnly } from './perform.ts';

/** Everything that changes something: `POST` alone, from our own pages alone, with the session's token. */
export function actionRoutes(context: PageContext): Router {
  const { actions } = context.source;
  const router = Router();

  const ofStep = (path: string, anchor: string, act: (slug: string) => Promise<unknown>) =>
    router
      .route(`/steps/:slug/${path}`)
      .all(postOnly)
      .post(...guards(context), async (request: Request, response) => {
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
    .post(...guards(context), async (request, response) => {
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

const editorRequest = z.object({
  file: editorPath,
  line: z.coerce.number().int().min(1).max(1_000_000).optional(),
  slug: z.string().default(''),
});

const NO_STEP = 'There is no such step.\n';
const EDITOR_REFUSED = 'The guide opens files under app/ only, by a path without ".." and a line from 1.\n';
