import type { Finding } from '../../../model/finding.ts';
import type { Step } from '../../../model/step.ts';
import type { CheckResult } from '../../../model/verdict.ts';
import { count } from '../count.ts';
import { renderEvidence } from '../evidence/evidence.ts';
import { type Html, html } from '../html.ts';
import { finding } from './finding.ts';
import type { VerdictView } from './verdict-view.ts';

/** What the last run found: the first error open, everything else folded. */
export function findingsOf({ step, progress, token }: VerdictView): Html | null {
  const { latest } = progress;
  if (latest === null) return null;
  const all = foundBy(latest.verdict, latest.checks);
  const errors = all.filter((one) => one.level === 'error');
  const notes = all.filter((one) => one.level === 'note');
  const show = (one: Finding, open: 'open' | 'folded') =>
    finding(one, { open, check: titleOf(one, step, latest.checks), slug: step.slug, token });
  return html`<div class="findings" data-fresh="${progress.running === null ? 'yes' : 'no'}">
    ${errors.slice(0, SHOWN).map((one, index) => show(one, index === 0 ? 'open' : 'folded'))}
    ${more(errors.slice(SHOWN).map((one) => show(one, 'folded')))}
    ${notes.length > 0 && html`<h2 class="part-title">Notes, which fail nothing</h2>`}
    ${notes.map((one) => show(one, 'folded'))} ${sights(step, latest.checks)}
  </div>`;
}

/** One mending takes many of them away: whoever reads the first few has enough to do, and the guide stays near. */
function more(findings: readonly Html[]): Html | null {
  if (findings.length === 0) return null;
  return html`<details class="finding" data-level="more" data-key="more">
    <summary><span class="finding-message">${count(findings.length, 'more finding')}</span></summary>
    ${findings}
  </details>`;
}

type Decided = NonNullable<VerdictView['progress']['latest']>['verdict'];

/** The verdict's own list; an errored run has none, though a check of it may have found something certain. */
function foundBy(verdict: Decided, checks: readonly CheckResult[]): readonly Finding[] {
  switch (verdict.outcome) {
    case 'failed':
      return verdict.findings;
    case 'passed':
      return verdict.notes;
    case 'errored':
    case 'cancelled':
      return checks.flatMap((check) => (check.outcome === 'failed' ? check.findings : []));
    default:
      return verdict satisfies never;
  }
}

function titleOf(found: Finding, step: Step, results: readonly CheckResult[]): string | null {
  const same = (other: Finding) => other.ruleId === found.ruleId && other.message === found.message;
  const by = results.find((result) => 'findings' in result && result.findings.some(same));
  return step.checks.find((check) => check.id === by?.id)?.title ?? null;
}

/** Evidence of whole checks, which proves no single finding: what a passing check saw. */
function sights(step: Step, results: readonly CheckResult[]): readonly Html[] {
  return results.flatMap((result) => {
    if (!('evidence' in result) || result.evidence.length === 0) return [];
    const title = step.checks.find((check) => check.id === result.id)?.title ?? result.id;
    return [
      html`<details class="finding" data-level="sight" data-key="sight-${result.id}">
        <summary>
          <span class="finding-message">What the judge saw</span> <span class="finding-check">${title}</span>
        </summary>
        <div class="finding-body">${result.evidence.map(renderEvidence)}</div>
      </details>`,
    ];
  });
}

const SHOWN = 5;
