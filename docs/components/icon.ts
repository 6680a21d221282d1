import { type Html, html, trustedHtml } from './html.ts';

export type IconName = keyof typeof PATHS;

/** A glyph that looks the same on every system (a font's ✓ may turn into a picture). Always beside a word, so hidden from readers. */
export function icon(name: IconName): Html {
  return html`<svg
    class="icon"
    viewBox="0 0 16 16"
    width="16"
    height="16"
    aria-hidden="true"
    focusable="false"
  >
    ${trustedHtml(PATHS[name])}
  </svg>`;
}

const LINE =
  'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"';

const PATHS = {
  passed: `<path ${LINE} d="M3 8.6 6.4 12 13 4.6"/>`,
  failed: `<path ${LINE} d="m4 4 8 8m0-8-8 8"/>`,
  warning: `<path ${LINE} d="M8 2.2 14.4 13.4H1.6ZM8 6.6v3"/><circle cx="8" cy="11.5" r=".9" fill="currentColor"/>`,
  blocked: `<circle ${LINE} cx="8" cy="8" r="5.6"/><path ${LINE} d="m4.2 4.2 7.6 7.6"/>`,
  waiting: `<circle ${LINE} cx="8" cy="8" r="5.6"/>`,
  opened: `<circle ${LINE} cx="8" cy="8" r="5.6"/><path fill="currentColor" d="M8 2.4a5.6 5.6 0 0 1 0 11.2Z"/>`,
  running: `<path ${LINE} d="M8 2.4A5.6 5.6 0 1 1 2.4 8"/>`,
  regressed: `<path ${LINE} d="M3.2 5.2A5.6 5.6 0 1 1 2.4 8.6M3 1.8v3.6h3.6"/>`,
  unjudged: `<path ${LINE} d="M4 8h8"/>`,
  outside: `<path ${LINE} d="M6 3.5H3.5v9h9V10M9.5 2.8h3.7v3.7M13 3 7.6 8.4"/>`,
  previous: `<path ${LINE} d="M13 8H3m4-4L3 8l4 4"/>`,
  next: `<path ${LINE} d="M3 8h10M9 4l4 4-4 4"/>`,
  list: `<path ${LINE} d="M2.5 4h.01M2.5 8h.01M2.5 12h.01M6 4h7.5M6 8h7.5M6 12h7.5"/>`,
  search: `<circle ${LINE} cx="7" cy="7" r="4.4"/><path ${LINE} d="m10.4 10.4 3.4 3.4"/>`,
  theme: `<circle ${LINE} cx="8" cy="8" r="5.6"/><path fill="currentColor" d="M8 2.4a5.6 5.6 0 0 0 0 11.2Z"/>`,
} as const;
