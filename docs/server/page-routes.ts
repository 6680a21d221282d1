import { type Request, type Response, Router } from 'express';
import type { Html } from '../components/html.ts';
import { keyList } from '../components/key-list.ts';
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
import { xrayFragment } from '../pages/xray-part.ts';
import { ofStep } from './of-step.ts';

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
    '/steps/:slug/verdict',
    ofStep(context, (step, response) => sendFragment(response, verdictFragment(context, step))),
  );
  router.get(
    '/steps/:slug/xray',
    ofStep(context, async (step, response) => sendFragment(response, await xrayFragment(context, step))),
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

function sendPage(response: Response, page: string): void {
  response.type('html').send(page);
}

function sendFragment(response: Response, fragment: Html): void {
  response.type('html').send(fragment.toString());
}
