import type { StepProgress } from '../../../model/progress.ts';
import type { Step } from '../../../model/step.ts';
import type { CheckResult } from '../../../model/verdict.ts';
import { type Html, html } from '../html.ts';
import { icon, type IconName } from '../icon.ts';

type Check = Step['checks'][number];
type CheckState = CheckResult['outcome'] | 'waiting' | 'running';

/** Every check of the step in its order, under its part's heading, always all of them: the list keeps its height. */
export function checkList(step: Step, progress: StepProgress): Html {
  return html`${parts(step.checks).map(
    ({ name, checks }) =>
      html`<section class="part" data-key="part-${name ?? ''}">
        ${name !== null && html`<h2 class="part-title">${name}</h2>`}
        <ul class="checks" role="list">
          ${checks.map((check) => item(check, stateOf(check, progress)))}
        </ul>
      </section>`,
  )}`;
}

function item(check: Check, state: CheckState): Html {
  const look = LOOKS[state];
  return html`<li class="check" data-state="${state}" data-key="check-${check.id}">
    <span class="check-title">${check.title}</span>
    <span class="state">${icon(look.icon)}${look.word}</span>
  </li>`;
}

/** While a run is going on, what it has decided already; the rest is running. */
function stateOf(check: Check, { running, latest }: StepProgress): CheckState {
  const results = running?.checks ?? latest?.checks ?? [];
  const result = results.find((candidate) => candidate.id === check.id);
  return result?.outcome ?? (running === null ? 'waiting' : 'running');
}

function parts(checks: readonly Check[]): { name: string | null; checks: Check[] }[] {
  const found: { name: string | null; checks: Check[] }[] = [];
  for (const check of checks) {
    const name = check.part ?? null;
    const part = found.find((candidate) => candidate.name === name);
    if (part === undefined) found.push({ name, checks: [check] });
    else part.checks.push(check);
  }
  return found;
}

const LOOKS: Readonly<Record<CheckState, { readonly word: string; readonly icon: IconName }>> = {
  passed: { word: 'passed', icon: 'passed' },
  failed: { word: 'failed', icon: 'failed' },
  blocked: { word: 'not reached', icon: 'blocked' },
  errored: { word: 'could not run', icon: 'warning' },
  waiting: { word: 'not run yet', icon: 'waiting' },
  running: { word: 'running', icon: 'running' },
};
