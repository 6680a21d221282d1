import { createPageCache } from '../markdown/page-cache.ts';
import type { PageContext } from '../pages/page-context.ts';
import { collectEntries } from './collect.ts';
import { createSearchIndex, type Found, type SearchIndex } from './search.ts';

export type SiteSearch = (query: string) => Promise<Found>;

/** Searches what is written now: an index is kept for as long as the texts it was made from are the same. */
export function createSiteSearch(context: PageContext): SiteSearch {
  const cache = createPageCache<SearchIndex>(2);
  return async (query) => {
    const entries = await collectEntries(context);
    const index = await cache(JSON.stringify(entries), async () => createSearchIndex(entries));
    return index.find(query.slice(0, LONGEST_QUERY));
  };
}

const LONGEST_QUERY = 200;
