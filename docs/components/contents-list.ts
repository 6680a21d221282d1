import type { TextSection } from '../markdown/sections.ts';
import { type Html, html } from './html.ts';

/** What a long page holds, as links to its headings of the second level. */
export function contentsList(sections: readonly TextSection[], look: 'lines' | 'words'): Html | null {
  const headed = sections.filter(({ id, level }) => id !== null && level === 2);
  if (headed.length < 2) return null;
  return html`<nav class="contents" data-look="${look}" aria-label="On this page">
    <ul role="list">
      ${headed.map(({ id, title }) => html`<li><a href="#${id ?? ''}">${title}</a></li>`)}
    </ul>
  </nav>`;
}
