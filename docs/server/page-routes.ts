import { type NextFunction, type Request, type Response, Router } from 'express';
import type { Step } from '../../model/step.ts';
import type { Html } from '../components/html.ts';
import { discussionPage } from '../pages/discussion-page.ts';
import { homePage, overview } from '../pages/home-page.ts';
import { stepNavigation } from '../pages/layout.ts';
import type { PageContext } from '../pages/page-context.ts';
import { footerFragment, hintsFragment, stepPage, verdictFragment } from '../pages/step-page.ts';

/** Everything that is read. Fragments are pieces of pages, for the script that keeps an open page up to date. */
export function pageRoutes(context: PageContext, onFirstPage: () => void): Router {
  const router = Router();
  let isFirst = true;
  router.use((_request, response, next) => {
    if (isFirst) response.once('finish', onFirstPage);
    isFirst = false;
    next();
  });

  router.get('/', (_request, response) => void response.type('html').send(homePage(context)));
  router.get('/overview', (_request, response) => sendFragment(response, overview(context)));
  router.get('/step-list', (request, response) => {
    const { page } = request.query;
    sendFragment(response, stepNavigation(context, typeof page === 'string' ? page : null));
  });
  router.get(
    '/steps/:slug',
    ofStep(context, async (step, response) => sendPage(response, await stepPage(context, step))),
  );
  router.get(
    '/steps/:slug/discussion',
    ofStep(context, async (step, response) => sendPage(response, await discussionPage(context, step))),
  );
  router.get(
    '/steps/:slug/verdict',
    ofStep(context, (step, response) => sendFragment(response, verdictFragment(context, step))),
  );
  router.get(
    '/steps/:slug/hints',
    ofStep(context, async (step, response) => sendFragment(response, await hintsFragment(context, step))),
  );
  router.get(
    '/steps/:slug/footer',
    ofStep(context, (step, response) => sendFragment(response, footerFragment(context, step))),
  );
  return router;
}

type StepHandler = (step: Step, response: Response) => void | Promise<void>;

/** Finds the step by its slug; `/steps/7` and `/steps/07-sql-injection` lead to `/steps/sql-injection`. */
function ofStep({ source }: PageContext, handle: StepHandler) {
  return async (
    request: Request<{ slug: string }>,
    response: Response,
    next: NextFunction,
  ): Promise<void> => {
    const { slug } = request.params;
    const exact = source.steps().find((step) => step.slug === slug);
    if (exact !== undefined) return handle(exact, response);
    const [, digits, rest] = /^0*(\d+)(?:-(.+))?$/.exec(slug) ?? [];
    const meant = source
      .steps()
      .find((step) => step.number === Number(digits) && (rest ?? step.slug) === step.slug);
    if (meant === undefined) return next();
    return response.redirect(302, `/steps/${meant.slug}`);
  };
}

function sendPage(response: Response, page: string): void {
  response.type('html').send(page);
}

function sendFragment(response: Response, fragment: Html): void {
  response.type('html').send(fragment.toString());
}
