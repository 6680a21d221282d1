import type { MarkdownIt } from 'markdown-it';

/** A wide table scrolls by itself, and with the keyboard, and the page never does. */
export function wrappedTables(parser: MarkdownIt): void {
  parser.renderer.rules['table_open'] = () =>
    '<div class="table" tabindex="0" role="group" aria-label="Table"><table>\n';
  parser.renderer.rules['table_close'] = () => '</table></div>\n';
}
