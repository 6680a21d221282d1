import { type Html, html, type HtmlValue } from './html.ts';

/** A block that may be wider than the page: it scrolls by itself, and with the keyboard. */
export function scrollingTable(name: string, table: HtmlValue): Html {
  return html`<div class="table" tabindex="0" role="group" aria-label="${name}">${table}</div>`;
}

/** Text exactly as it was, cut off with a word about it when it is long. */
export function exactText(name: string, text: HtmlValue): Html {
  return html`<pre class="exact" tabindex="0" role="group" aria-label="${name}"><code>${text}</code></pre>`;
}

/** At most `limit` characters, saying what was left out. */
export function shortened(text: string, limit = LONGEST_TEXT): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit)}\n… ${text.length - limit} more characters`;
}

const LONGEST_TEXT = 4000;
