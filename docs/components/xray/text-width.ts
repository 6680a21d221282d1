/** About how wide a text is at 12 pixels; a little too wide rather than too narrow, because the reader's font is not known. */
export function textWidth(text: string, font: Font): number {
  let width = 0;
  for (const letter of text) width += letterWidth(letter, font);
  return width;
}

export type Font = 'code' | 'prose';

/** The text when it fits, else as much as fits and an ellipsis. Letters are never cut in two. */
export function fitted(text: string, width: number, font: Font): string {
  if (text.length * CODE <= width || textWidth(text, font) <= width) return text;
  let used = letterWidth('…', font);
  let kept = '';
  for (const letter of text) {
    used += letterWidth(letter, font);
    if (used > width) break;
    kept += letter;
  }
  return `${kept.trimEnd()}…`;
}

function letterWidth(letter: string, font: Font): number {
  const code = letter.codePointAt(0) ?? 0;
  // Han, kana, hangul, emoji: a square.
  if (code >= 0x1100 && (code < 0x1200 || code >= 0x2e80)) return 13;
  if (font === 'code') return CODE;
  if (NARROW.test(letter)) return 4.6;
  if (WIDE.test(letter)) return 11.5;
  return /[A-Z_]/.test(letter) ? 8.6 : 7.2;
}

/** Of a letter in the fonts of the stack, at most. */
export const CODE = 7.25;
const NARROW = /[ijl.,'|:;!()[\]tfr ]/;
const WIDE = /[mwMW%@…]/;
