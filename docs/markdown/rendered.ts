import type { Html } from '../components/html.ts';

/** A text as it stands in a page. */
export interface Rendered {
  readonly body: Html;
  /** Every link and picture address in the text, in order, for whoever checks them. */
  readonly links: readonly string[];
}
