import { regionOf, withoutRegions } from '../../docs/markdown/region.ts';
import { fencesOf, proseOf } from './blocks.ts';

/**
 * Minutes that a guide takes to read: 200 words of prose or table a minute, and two seconds for each line of code that is
 * not empty, quoted ones included: code on a page like these is looked at, and not learned by heart.
 */
export function readingTime(markdown: string, readSource: (path: string) => string): number {
  const quotes = [...markdown.matchAll(QUOTE)].map(([, path = '', name]) =>
    name === undefined ? withoutRegions(readSource(path)) : regionOf(readSource(path), name, path),
  );
  const code = [...fencesOf(markdown).map(({ text }) => text), ...quotes].join('\n');
  const codeLines = code.split('\n').filter((line) => line.trim() !== '').length;
  const words = proseOf(markdown).replace(QUOTE, '').match(WORD)?.length ?? 0;
  return words / WORDS_A_MINUTE + (codeLines * SECONDS_A_LINE) / 60;
}

const QUOTE = /^<<<\s+([^\s#{[]+)(?:#([\w-]+))?.*$/gm;
/** Addresses of links and the signs of Markdown are not read. */
const WORD = /(?<!\]\([^)\s]*)[\p{Letter}\p{Number}][^\s|]*/gu;
const WORDS_A_MINUTE = 200;
const SECONDS_A_LINE = 2;
