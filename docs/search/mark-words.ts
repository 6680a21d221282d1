import { type Html, html } from '../components/html.ts';
import { foldWithPlaces } from './fold.ts';

/** The text with each of the words lit. */
export function markWords(text: string, terms: readonly string[]): Html {
  const places = placesOf(text, terms);
  const pieces = places.map(({ start, end }, index) => {
    const before = text.slice(places[index - 1]?.end ?? 0, start);
    return html`${before}<mark>${text.slice(start, end)}</mark>`;
  });
  return html`${pieces}${text.slice(places.at(-1)?.end ?? 0)}`;
}

/** About `length` characters around the first of the words, cut between words. */
export function excerpt(text: string, terms: readonly string[], length = 150): string {
  if (text.length <= length) return text;
  const first = placesOf(text, terms)[0]?.start ?? 0;
  const from = first < length / 2 ? 0 : text.lastIndexOf(' ', first - length / 3) + 1;
  const end = from + length >= text.length ? text.length : text.lastIndexOf(' ', from + length);
  const to = end <= from ? from + length : end;
  return `${from === 0 ? '' : '… '}${text.slice(from, to)}${to >= text.length ? '' : ' …'}`;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** In order and apart: words that overlap are lit once. */
function placesOf(text: string, terms: readonly string[]): readonly Span[] {
  const folded = foldWithPlaces(text);
  const found = terms.flatMap((term) => spansOf(folded.text, term)).toSorted((a, b) => a.start - b.start);
  const apart: { start: number; end: number }[] = [];
  for (const { start, end } of found) {
    const last = apart.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else apart.push({ start, end });
  }
  const original = (place: number) => folded.at[place] ?? text.length;
  return apart.map(({ start, end }) => ({ start: original(start), end: original(end) }));
}

function spansOf(text: string, term: string): readonly Span[] {
  if (term === '') return [];
  const spans: Span[] = [];
  for (let at = text.indexOf(term); at !== -1; at = text.indexOf(term, at + term.length)) {
    spans.push({ start: at, end: at + term.length });
  }
  return spans;
}
