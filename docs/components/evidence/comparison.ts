import type { Evidence } from '../../../model/evidence.ts';
import { type Html, html } from '../html.ts';
import { exactText, shortened } from '../scrolling.ts';

export function comparison({ expected, observed }: Extract<Evidence, { kind: 'comparison' }>): Html {
  return html`<div class="evidence pair">
    <div>
      <p class="evidence-title">Expected</p>
      ${exactText('Expected', shortened(expected))}
    </div>
    <div>
      <p class="evidence-title">Observed</p>
      ${exactText('Observed', shortened(observed))}
    </div>
  </div>`;
}
