import { type NextFunction, type Request, type Response, Router } from 'express';
import type { Step } from '../../model/step.ts';
import type { Html } from '../components/html.ts';
import { keyList } from '../components/key-list.ts';
import { discussionPage } from '../pages/discussion-page.ts';
import { facilitatorNotesPage } from '../pages/facilitator-notes-page.ts';
import { facilitatorPage } from '../pages/facilitator-page.ts';
import { glossaryPage } from '../pages/glossary-page.ts';
import { homePage, overview } from '../pages/home-page.ts';
import { keyboardPage } from '../pages/keyboard-page.ts';
import { stepNavigation } from '../pages/layout.ts';
import type { PageContext } from '../pages/page-context.ts';
import { searchFragment, searchPage } from '../pages/search-page.ts';
import { footerFragment, hintsFragment, stepPage, verdictFragment } from '../pages/step-page.ts';
import { createSiteSearch } from '../search/site-search.ts';

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
  router.get('/glossary', async (_request, response) => sendPage(response, await glossaryPage(context)));
  router.get('/keyboard', (_request, response) => sendPage(response, keyboardPage(context)));
  router.get('/keyboard/keys', (_request, response) => sendFragment(response, keyList()));
  router.get('/facilitator', async (_request, response) =>
    sendPage(response, await facilitatorPage(context)),
  );
  router.get(
    '/facilitator/:slug',
    ofStep(context, async (step, response) => sendPage(response, await facilitatorNotesPage(context, step))),
  );
  const search = createSiteSearch(context);
  router.get('/search', async (request, response) =>
    sendPage(response, await searchPage(context, search, queryOf(request))),
  );
  router.get('/search/results', async (request, response) =>
    sendFragment(response, await searchFragment(search, queryOf(request))),
  );
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

function queryOf(request: Request): string {
  const { q } = request.query;
  return typeof q === 'string' ? q : '';
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
    return response.redirect(302, request.path.replace(slug, meant.slug));
  };
}

function sendPage(response: Response, page: string): void {
  response.type('html').send(page);
}

function sendFragment(response: Response, fragment: Html): void {
  response.type('html').send(fragment.toString());
}
