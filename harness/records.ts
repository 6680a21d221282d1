import { type HTMLElement, parse } from 'node-html-parser';

/** An element with `data-<kind>-id`, or the page itself, whose `kind` and `id` are empty. */
export interface PageRecord {
  readonly kind: string;
  readonly id: string;
  /** Texts of the `data-field` elements that belong to it and to no record inside it, white space folded. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  /** Where the links among those elements lead. */
  readonly links: ReadonlyMap<string, string>;
  readonly records: readonly PageRecord[];
}

/** A page as its contract reads it: each fact belongs to the nearest record around it. */
export function readRecords(html: string): PageRecord {
  const page = created('', '');
  visit(parse(html), page);
  return page;
}

/** All records of a kind below `record`, in order of appearance. */
export function recordsOf(record: PageRecord, kind: string): readonly PageRecord[] {
  return record.records.flatMap((inner) => [
    ...(inner.kind === kind ? [inner] : []),
    ...recordsOf(inner, kind),
  ]);
}

interface Growing extends PageRecord {
  readonly fields: Map<string, string[]>;
  readonly links: Map<string, string>;
  readonly records: Growing[];
}

function visit(element: HTMLElement, around: Growing): void {
  for (const child of element.children) {
    const field = child.getAttribute('data-field');
    const own = recordOn(child);
    if (own !== null) around.records.push(own);
    if (field !== undefined && own === null) {
      around.fields.set(field, [...(around.fields.get(field) ?? []), folded(child.text)]);
      const href = child.getAttribute('href');
      if (href !== undefined) around.links.set(field, href);
    }
    visit(child, own ?? around);
  }
}

function recordOn(element: HTMLElement): Growing | null {
  for (const [name, id] of Object.entries(element.attributes)) {
    const kind = /^data-(\w+)-id$/.exec(name)?.[1];
    if (kind !== undefined) return created(kind, id);
  }
  return null;
}

const created = (kind: string, id: string): Growing => ({
  kind,
  id,
  fields: new Map(),
  links: new Map(),
  records: [],
});
const folded = (text: string) => text.replace(/\s+/g, ' ').trim();
