import type { Step } from '../../../model/step.ts';
import { type Html, html } from '../html.ts';
import { noXray } from './no-xray.ts';
import type { Drawn } from './pictures.ts';
import type { Xray } from './xray.ts';

/** Both pictures one below the other, for what is read at one go or printed: the report. What is seen is told inside of them. */
export function xrayFigures(step: Step, { shipped, now }: Xray): Html {
  return html`<div class="xray-figures">
    ${shipped !== null && figure('As shipped', shipped)}
    ${'reason' in now ? html`<p class="xray-nothing">${noXray(now, step)}</p>` : figure('Now', now)}
  </div>`;
}

function figure(name: string, drawn: Drawn): Html {
  return html`<figure class="xray-still">
    <figcaption><strong>${name}</strong>: ${drawn.figure}</figcaption>
    <div class="xray-frame" tabindex="0" role="group" aria-label="X-ray, ${name.toLowerCase()}">
      ${drawn.svg}
    </div>
  </figure>`;
}
