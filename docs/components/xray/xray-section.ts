import type { StepProgress } from '../../../model/progress.ts';
import type { Step } from '../../../model/step.ts';
import { clock } from '../clock.ts';
import { type Html, html, type HtmlValue } from '../html.ts';
import { noXray } from './no-xray.ts';
import type { Drawn } from './pictures.ts';
import type { Xray } from './xray.ts';

/**
 * Two pictures in one place, one of them shown: whoever changes between them sees what changed, because scale and place
 * stay. The place has the same height for every picture of a kind, so that no verdict moves the page.
 */
export function xraySection(step: Step, progress: StepProgress, { shipped, now }: Xray): Html {
  const { slug } = step;
  const isDrawn = !('reason' in now);
  const first = isDrawn || shipped === null ? 'now' : 'shipped';
  const { latest } = progress;
  const remark = step.xray?.drawing === 'query-waterfall' ? RECORDED_TIMES : RECORDED;
  return html`<div class="xray" data-drawing="${step.xray?.drawing ?? ''}" data-key="xray">
    <fieldset class="xray-sides">
      <legend class="only-read">Which picture is shown</legend>
      ${shipped !== null && choice({ slug, side: 'shipped', name: 'As shipped', figure: shipped.figure, isFirst: first === 'shipped' })}
      ${choice({
        slug,
        side: 'now',
        name: latest === null ? 'Now' : html`Now <span class="xray-time">${clock(latest.at)}</span>`,
        figure: isDrawn ? now.figure : NOTHING,
        isFirst: first === 'now',
      })}
    </fieldset>
    ${shipped !== null && panel(slug, 'shipped', 'As shipped', shipped, remark)}
    ${isDrawn ? panel(slug, 'now', 'Now', now, null) : empty(noXray(now, step))}
  </div>`;
}

interface Choice {
  readonly slug: string;
  readonly side: 'shipped' | 'now';
  readonly name: HtmlValue;
  readonly figure: string;
  readonly isFirst: boolean;
}

function choice({ slug, side, name, figure, isFirst }: Choice): Html {
  const id = `xray-${slug}-${side}-choice`;
  return html`<input
      class="xray-choice only-read"
      type="radio"
      name="xray-${slug}"
      id="${id}"
      value="${side}"
      data-side="${side}"
      data-key="${side}-choice"
      ${isFirst && html`checked`}
    /><label class="xray-side" for="${id}" data-key="${side}-label"
      ><span class="xray-name">${name}</span> <span class="xray-figure">${figure}</span></label
    >`;
}

function panel(
  slug: string,
  side: 'shipped' | 'now',
  name: string,
  drawn: Drawn,
  remark: string | null,
): Html {
  return html`<div class="xray-panel" data-side="${side}" data-key="${side}">
    <div
      class="xray-frame"
      tabindex="0"
      role="group"
      aria-label="X-ray, ${name.toLowerCase()}"
      data-key="frame"
    >
      ${drawn.svg}
      <p class="xray-says">${drawn.says}${remark !== null && ` ${remark}`}</p>
    </div>
    <details class="xray-table" data-key="table-${slug}">
      <summary>The same as a table</summary>
      ${drawn.table}
    </details>
  </div>`;
}

function empty(sentence: string): Html {
  return html`<div class="xray-panel" data-side="now" data-key="now">
    <div class="xray-frame" tabindex="0" role="group" aria-label="X-ray, now" data-key="frame">
      <p class="xray-nothing">${sentence}</p>
    </div>
  </div>`;
}

const NOTHING = 'Nothing to draw yet';
const RECORDED = 'Recorded from the clinic as it was shipped.';
const RECORDED_TIMES =
  'Recorded from the clinic as it was shipped, on another computer: its times are not yours.';
