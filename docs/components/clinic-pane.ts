import type { Step } from '../../model/step.ts';
import { type Html, html } from './html.ts';
import { icon } from './icon.ts';

/**
 * The running clinic at the page that a step is about. Nothing of it is loaded before the pane is opened.
 *
 * The clinic runs code of the learner's. It is of another origin than the guide, so it cannot read the guide or use its
 * token; the sandbox leaves it its cookie, forms and downloads, and takes scripts, windows and the whole tab from it.
 */
export function clinicPane({ clinicPath, title }: Step, clinicUrl: string): Html | null {
  if (clinicPath === null) return null;
  const url = `${clinicUrl}${clinicPath}`;
  return html`<section class="beside" aria-labelledby="beside-title">
    <h2 id="beside-title" class="only-read">The clinic</h2>
    <a class="button" data-look="plain" href="${url}" target="clinic" rel="noreferrer">
      See it in the clinic ${icon('outside')}<span class="only-read">(in another tab)</span>
    </a>
    <details class="pane" data-pane>
      <summary>Or here, on this page</summary>
      <p class="pane-note">${LOG_IN} After a save, <a href="${url}" target="${FRAME}">load it again</a>.</p>
      <iframe
        class="pane-frame"
        name="${FRAME}"
        title="The clinic: ${title}"
        src="${url}"
        loading="lazy"
        sandbox="allow-same-origin allow-forms allow-downloads"
        referrerpolicy="no-referrer"
      ></iframe>
    </details>
  </section>`;
}

const FRAME = 'clinic-pane';
const LOG_IN = 'Log in as one of the doctors that it names; their password is shown there.';
