import { type Html, html } from '../components/html.ts';
import { closest } from './closest.ts';
import { layout } from './layout.ts';
import type { PageContext } from './page-context.ts';
import { searchForm } from './search-page.ts';

/** Says what was asked for, guesses what was meant, and searches for its words. */
export function notFoundPage(context: PageContext, path: string): string {
  const asked = path.split('/').filter(Boolean).at(-1) ?? '';
  const meant = meantPage(context, path, asked);
  const main = html`<div class="prose">
    <h1>There is no such page</h1>
    <p>Nothing is at <code>${path}</code>. ${meant}</p>
    <p>All steps are in the list of steps, and <a href="/">the first page</a> says where to go on.</p>
    ${searchForm(wordsOf(asked))}
  </div>`;
  return layout(context, { title: 'No such page · Second Opinion', slug: null, main });
}

function meantPage({ source }: PageContext, path: string, asked: string): Html | null {
  const word = asked.replace(/^\d+-/, '');
  const slugs = source.steps().map((step) => step.slug);
  const page = closest(word, [...Object.keys(PAGES), ...slugs]);
  const step = source.steps().find(({ slug }) => slug === page);
  if (step !== undefined) {
    const notes = path.startsWith('/facilitator/');
    return html`Did you mean
      <a href="${notes ? '/facilitator' : '/steps'}/${step.slug}">step ${step.number}, ${step.title}</a
      >${notes && html`, for facilitators`}?`;
  }
  const title = page === undefined ? undefined : PAGES[page];
  return title === undefined ? null : html`Did you mean <a href="/${page ?? ''}">${title}</a>?`;
}

/** `/docs/sql_injection.html` asks for "sql injection". */
function wordsOf(asked: string): string {
  return asked
    .replace(/\.\w+$/, '')
    .replaceAll(/%[0-9a-f]{2}|[^\p{Letter}\p{Number}]+/giu, ' ')
    .trim();
}

const PAGES: Readonly<Record<string, string>> = {
  glossary: 'the glossary',
  facilitator: 'the pages for facilitators',
  search: 'the search',
  keyboard: 'the keys',
};
