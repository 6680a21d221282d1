import type { Finding } from '../../../model/finding.ts';
import { renderEvidence } from '../evidence/evidence.ts';
import { type Html, html, type HtmlValue } from '../html.ts';
import { icon } from '../icon.ts';
import { place } from '../place.ts';
import { shortened } from '../scrolling.ts';

export interface FindingView {
  readonly open: 'open' | 'folded';
  /** Title of the check that found it. */
  readonly check: string | null;
  readonly slug: string;
  readonly token: string;
}

/** What was tried, expected and observed, where to look, why it matters, and the evidence. */
export function finding(found: Finding, view: FindingView): Html {
  return html`<details
    class="finding"
    data-level="${found.level}"
    data-key="finding-${found.ruleId} ${found.message}"
    ${view.open === 'open' && html`data-first open`}
  >
    <summary>
      ${found.level === 'error' && icon('failed')}
      <span class="finding-message">${found.message}</span>
      ${view.check !== null && html`<span class="finding-check">${view.check}</span>`}
    </summary>
    <div class="finding-body">
      <dl class="facts">
        ${fact('Tried', exact(found.tried))} ${fact('Expected', exact(found.expected))}
        ${fact('Observed', exact(found.observed))}
        ${fact('Where', found.location !== undefined && place(found.location, view))}
        ${fact('Why', found.why ?? null)} ${fact('Rule', html`<code>${found.ruleId}</code>`)}
      </dl>
      ${(found.evidence ?? []).map(renderEvidence)}
    </div>
  </details>`;
}

function fact(name: string, value: HtmlValue): Html | null {
  if (value === null || value === false) return null;
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

/** A learner's rows and requests keep their line breaks. */
function exact(text: string | undefined): Html | null {
  return text === undefined ? null : html`<span class="as-is">${shortened(text)}</span>`;
}
