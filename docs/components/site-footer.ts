import { type Html, html } from './html.ts';

/** What is beside the steps, on every page. */
export function siteFooter(): Html {
  return html`<footer class="site-footer">
    <ul role="list">
      ${LINKS.map(([path, name]) => html`<li><a href="${path}">${name}</a></li>`)}
    </ul>
  </footer>`;
}

const LINKS = [
  ['/', 'All steps'],
  ['/report', 'Report'],
  ['/glossary', 'Glossary'],
  ['/facilitator', 'For facilitators'],
  ['/keyboard', 'Keyboard'],
] as const;
