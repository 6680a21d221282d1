import type { Entry } from '../search/entry.ts';
import { excerpt, markWords } from '../search/mark-words.ts';
import type { Found } from '../search/search.ts';
import { count } from './count.ts';
import { type Html, html } from './html.ts';

/** What was found, the best first, each with the words lit. The number is announced in the dialog. */
export function searchResults(query: string, { entries, terms, meant }: Found): Html {
  if (query.trim() === '') return html`<p class="quiet">${ASK}</p>`;
  const shown = entries.slice(0, MOST_SHOWN);
  return html`<p class="quiet" role="status">${summary(query.trim(), entries.length, meant)}</p>
    <ol class="results" role="list">
      ${shown.map((entry) => result(entry, terms))}
    </ol>`;
}

function summary(query: string, found: number, meant: string | null): string {
  if (found === 0) return `Nothing was found for “${query}”. ${LATER}`;
  const shown = found > MOST_SHOWN ? `, the best ${MOST_SHOWN} shown` : '';
  const places = `${count(found, 'place')}${shown}`;
  return meant === null ? places : `Nothing has “${query}”. For “${meant}”: ${places}`;
}

function result(entry: Entry, terms: readonly string[]): Html {
  return html`<li class="result">
    <a href="${entry.href}">
      <span class="result-page">${markWords(entry.page, terms)}</span>
      <span class="result-title">${markWords(entry.title, terms)}</span>
      ${entry.text !== '' && html`<span class="result-text">${markWords(excerpt(entry.text, terms), terms)}</span>`}
    </a>
  </li>`;
}

const MOST_SHOWN = 12;
const ASK = 'Guides, hints that you have seen, the glossary and the pages for facilitators are searched.';
const LATER = 'Discussions and what else gives a fix away can be found once the step has passed.';
