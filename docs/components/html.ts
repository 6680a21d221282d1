/** Text that is markup already. Only `html` and `trustedHtml` make it, so anything else that reaches a page is escaped. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }

  toString(): string {
    return this.markup;
  }
}

export type HtmlValue = Html | string | number | null | false | readonly HtmlValue[];

/** Markup with every value escaped; `null` and `false` leave nothing, lists are joined. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const parts = strings.map((text, index) => text + markupOf(values[index] ?? null));
  return new Html(parts.join(''));
}

/** For markup that a renderer of ours made (Markdown, icons). Never for text of a learner or of a clinic. */
export function trustedHtml(markup: string): Html {
  return new Html(markup);
}

/** Fit for text and for quoted attributes. Control characters become their visible pictures (␀), so evidence shows them. */
export function escapeHtml(text: string): string {
  return text.replace(SPECIAL, (character) => ENTITIES[character] ?? visible(character));
}

function markupOf(value: HtmlValue): string {
  if (value === null || value === false) return '';
  if (value instanceof Html) return value.markup;
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  return value.map(markupOf).join('');
}

/** Pictures of the C0 controls begin at U+2400. Directions are shown by their number: they could reorder what a reader sees. */
function visible(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `[U+${code.toString(16).toUpperCase()}]`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const SPECIAL = /[&<>"'\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;
