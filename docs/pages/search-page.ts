import { type Html, html } from '../components/html.ts';
import { searchResults } from '../components/search-results.ts';
import type { SiteSearch } from '../search/site-search.ts';
import { layout } from './layout.ts';
import type { PageContext } from './page-context.ts';

/** The page for a browser without JavaScript, and for a search that somebody sends on; the dialog shows the same results. */
export async function searchPage(context: PageContext, search: SiteSearch, query: string): Promise<string> {
  const main = html`<div class="prose">
    <h1>Search</h1>
    ${searchForm(query)}
    <div class="search-results">${await searchFragment(search, query)}</div>
  </div>`;
  const title = query === '' ? 'Search' : `${query} · Search`;
  return layout(context, { title: `${title} · Second Opinion`, slug: null, main });
}

export async function searchFragment(search: SiteSearch, query: string): Promise<Html> {
  return searchResults(query, await search(query));
}

/** `query` is what the field holds at first. */
export function searchForm(query: string): Html {
  return html`<form class="search-form" action="/search" role="search">
    <label class="only-read" for="search-field">Search the guide</label>
    <input
      class="field"
      id="search-field"
      type="search"
      name="q"
      value="${query}"
      autocomplete="off"
      spellcheck="false"
      placeholder="Search the guide"
    />
    <button class="button">Search</button>
  </form>`;
}
