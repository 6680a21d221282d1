import { type Html, html } from '../components/html.ts';
import { icon } from '../components/icon.ts';
import { siteFooter } from '../components/site-footer.ts';
import { stepList, tally } from '../components/step-list.ts';
import type { PageContext } from './page-context.ts';

export interface Page {
  readonly title: string;
  /** Slug that the step list marks as the page shown; `null` on pages that are no step's. */
  readonly slug: string | null;
  readonly main: Html;
  /** The page shows every step itself and needs no list beside it. */
  readonly alone?: true;
  /** Two texts stand side by side, which takes the whole width. */
  readonly wide?: true;
  /** Paths of neighbours, for `<link rel>`. */
  readonly previous?: string | undefined;
  readonly next?: string | undefined;
}

/** A whole document. The script in the head only sets the theme that was chosen before, so that nothing flashes. */
export function layout(context: PageContext, page: Page): string {
  const { assets, source, token } = context;
  const progress = source.progress();
  return `<!doctype html>\n${html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="guide-token" content="${token}" />
      <meta name="guide-seq" content="${progress.lastSeq}" />
      <title>${page.title}</title>
      <link rel="icon" href="${assets}/favicon.svg" type="image/svg+xml" />
      <link rel="stylesheet" href="${assets}/guide.css" />
      ${page.previous !== undefined && html`<link rel="prev" href="${page.previous}" />`}
      ${page.next !== undefined && html`<link rel="next" href="${page.next}" />`}
      <script src="${assets}/theme.js"></script>
      <script type="module" src="${assets}/guide.js"></script>
    </head>
    <body>
      <a class="skip" href="#main">Skip to the text</a>
      ${header(context)}
      <div
        class="columns"
        data-columns="${page.wide === true ? 'wide' : page.alone === true ? 'one' : 'two'}"
      >
        <nav class="sidebar" id="steps" popover aria-label="Steps" data-live="${listPath(page.slug)}">
          ${stepNavigation(context, page.slug)}
        </nav>
        <main id="main" tabindex="-1">${page.main}</main>
      </div>
      ${siteFooter()}
      <p class="announcer" role="status" data-announcer></p>
    </body>
  </html>`.toString()}\n`;
}

/** What the sidebar holds; also sent alone when progress changes. */
export function stepNavigation({ source }: PageContext, slug: string | null): Html {
  const steps = source.steps();
  const progress = source.progress();
  return html`<p class="sidebar-title"><span>Steps</span> <span>${tally(steps, progress)}</span></p>
    ${stepList(steps, progress, slug)}`;
}

function header({ source }: PageContext): Html {
  return html`<header class="masthead">
    <div class="masthead-row">
      <a class="wordmark" href="/">Second Opinion</a>
      <div class="masthead-links">
        <button class="button steps-button" data-look="plain" type="button" popovertarget="steps">
          ${icon('list')}Steps
        </button>
        <a class="clinic-link" href="/search" data-search>
          ${icon('search')}<span>Search</span> <kbd class="wide-only" aria-hidden="true">/</kbd>
        </a>
        <a class="clinic-link" href="${source.clinicUrl}" target="clinic" rel="noreferrer">
          <span class="wide-only">Open the clinic</span
          ><span class="narrow-only">Clinic</span> ${icon('outside')}<span class="only-read"
            >(in another tab)</span
          >
        </a>
        <button class="button theme-button" data-look="plain" type="button" data-theme-button hidden>
          ${icon('theme')}<span class="wide-only" data-theme-word>Theme</span>
        </button>
      </div>
    </div>
  </header>`;
}

function listPath(slug: string | null): string {
  return slug === null ? '/step-list' : `/step-list?page=${encodeURIComponent(slug)}`;
}
