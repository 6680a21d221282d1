import { closest } from '../pages/closest.ts';
import type { Entry } from './entry.ts';
import { fold } from './fold.ts';

export interface Found {
  /** Best first. */
  readonly entries: readonly Entry[];
  /** What was looked for, folded: the words that were asked for, or those that were meant. */
  readonly terms: readonly string[];
  /** `null` when the words were found as they were asked for. */
  readonly meant: string | null;
}

export interface SearchIndex {
  find(query: string): Found;
}

/** Every word of a query must be there; a word that stands nowhere is taken for the nearest one that does. */
export function createSearchIndex(entries: readonly Entry[]): SearchIndex {
  const folded = entries.map((entry) => ({
    entry,
    title: fold(entry.title),
    page: fold(entry.page),
    text: fold(entry.text),
  }));
  const all = folded.map(({ title, page, text }) => `${title} ${page} ${text}`);
  const known = new Set(all.flatMap((text) => text.match(/[\p{Letter}\p{Number}]{3,}/gu) ?? []));

  const rank = (terms: readonly string[]): readonly Entry[] =>
    folded
      .map((one) => ({ entry: one.entry, score: scoreOf(one, terms) }))
      .filter(({ score }) => score > 0)
      .toSorted((a, b) => b.score - a.score)
      .map(({ entry }) => entry);

  return {
    find(query) {
      const terms = termsOf(query);
      const entries = rank(terms);
      if (entries.length > 0 || terms.length === 0) return { entries, terms, meant: null };
      const meant = terms.map((term) =>
        term.length < SHORTEST_SLIP || all.some((text) => text.includes(term))
          ? term
          : (closest(term, [...known]) ?? term),
      );
      const near = rank(meant);
      if (near.length === 0) return { entries: [], terms, meant: null };
      return { entries: near, terms: meant, meant: meant.join(' ') };
    },
  };
}

function termsOf(query: string): readonly string[] {
  const words = fold(query).split(/[\s"“”]+/);
  return [...new Set(words.filter((word) => word !== ''))].slice(0, MOST_TERMS);
}

interface FoldedEntry {
  readonly entry: Entry;
  readonly title: string;
  readonly page: string;
  readonly text: string;
}

/** Headings before text, whole words before parts of words, a page before its parts; 0 when a word is missing. */
function scoreOf({ entry, title, page, text }: FoldedEntry, terms: readonly string[]): number {
  if (terms.length === 0) return 0;
  const scores = terms.map((term) => weigh(title, term, 40) + weigh(page, term, 12) + weigh(text, term, 4));
  if (scores.includes(0)) return 0;
  const asked = terms.join(' ');
  const exact = title === asked ? 100 : title.startsWith(asked) ? 30 : text.includes(asked) ? 6 : 0;
  return scores.reduce((sum, score) => sum + score, 0) + exact + (entry.whole ? 10 : 0);
}

function weigh(text: string, term: string, weight: number): number {
  let best = 0;
  for (let at = text.indexOf(term); at !== -1; at = text.indexOf(term, at + 1)) {
    const begins = !isLetter(text[at - 1]);
    if (begins && !isLetter(text[at + term.length])) return weight;
    best = Math.max(best, begins ? weight / 2 : weight / 8);
  }
  return best;
}

function isLetter(letter: string | undefined): boolean {
  return letter !== undefined && /[\p{Letter}\p{Number}]/u.test(letter);
}

const MOST_TERMS = 8;
const SHORTEST_SLIP = 4;
