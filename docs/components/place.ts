import type { Location } from '../../model/finding.ts';
import { actionForm } from './form.ts';
import { type Html, html } from './html.ts';

export interface PlaceContext {
  /** Page to come back to when there is no JavaScript. */
  readonly slug: string;
  readonly token: string;
}

/** Where to look: plain text to copy, and a button that opens the editor there. */
export function place(location: Location, { slug, token }: PlaceContext): Html {
  const fields = {
    slug,
    file: location.file,
    ...(location.line === undefined ? {} : { line: String(location.line) }),
  };
  const open = actionForm({ action: '/editor', token, label: 'Open in editor', look: 'link', fields });
  return html`<span class="place"><code>${placeText(location)}</code> ${open}</span>`;
}

/** `app/src/x.ts:42:7`, as editors and terminals spell it. */
export function placeText({ file, line, column }: Location): string {
  return [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':');
}
