import { type HTMLElement, parse } from 'node-html-parser';

/** One thing on a page that carries an id: a patient's row, a note, a facility. */
export interface Fact {
  readonly id: string;
  /** Its `data-field` texts by name, white space folded. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A page read by the clinic's contract: its `data-*` attributes, never its looks. */
export interface Page {
  /** What carries `data-<kind>-id`, in order of appearance. */
  facts(kind: string): readonly Fact[];
  /** The text of the first `data-field="name"` on the page; `null` when there is none. */
  field(name: string): string | null;
  /** All texts of that field on the page. */
  fields(name: string): readonly string[];
  /** The text of the first `data-error`; `null` when the page shows none. */
  error(): string | null;
  text(selector: string): readonly string[];
  attribute(selector: string, name: string): readonly string[];
}

export function parsePage(html: string): Page {
  const root = parse(html);
  const texts = (selector: string) => root.querySelectorAll(selector).map(textOf);
  const fields = (name: string) => texts(`[data-field="${name}"]`);
  return {
    facts: (kind) =>
      root.querySelectorAll(`[data-${kind}-id]`).map((element) => ({
        id: element.getAttribute(`data-${kind}-id`) ?? '',
        fields: Object.fromEntries(
          element
            .querySelectorAll('[data-field]')
            .map((e) => [e.getAttribute('data-field') ?? '', textOf(e)]),
        ),
      })),
    field: (name) => fields(name)[0] ?? null,
    fields,
    error: () => texts('[data-error]')[0] ?? null,
    text: texts,
    attribute: (selector, name) => root.querySelectorAll(selector).flatMap((e) => e.getAttribute(name) ?? []),
  };
}

const textOf = (element: HTMLElement) => element.text.replace(/\s+/g, ' ').trim();
