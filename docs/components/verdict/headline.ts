import { type LatestRun, type StepProgress } from '../../../model/progress.ts';
import type { Step } from '../../../model/step.ts';
import type { Problem } from '../../../model/workshop-error.ts';
import { clock, duration } from '../clock.ts';
import { count } from '../count.ts';
import { type Html, html, type HtmlValue } from '../html.ts';
import { icon, type IconName } from '../icon.ts';

export type VerdictName =
  'untouched' | 'running' | 'passed' | 'failed' | 'regressed' | 'errored' | 'cancelled';

/** The outcome and its time, in one line, and under it what it means. */
export function headline(
  step: Step,
  progress: StepProgress,
): { readonly name: VerdictName; readonly band: Html } {
  const name = verdictName(progress);
  return {
    name,
    band: html`<p class="verdict-headline">
        ${icon(LOOKS[name].icon)}<strong>${LOOKS[name].word}</strong>
        <span class="verdict-time">${time(progress)}</span>
      </p>
      <div class="verdict-remark">${remark(name, step, progress)}</div>`,
  };
}

function verdictName(progress: StepProgress): VerdictName {
  if (progress.running !== null) return 'running';
  if (progress.latest === null) return 'untouched';
  const { outcome } = progress.latest.verdict;
  return outcome === 'failed' && progress.state === 'regressed' ? 'regressed' : outcome;
}

function time({ running, latest }: StepProgress): HtmlValue {
  if (running !== null) return html`${clock(running.since)} started`;
  if (latest === null) return null;
  return html`${clock(latest.at)} in ${duration(latest.durationMs)}`;
}

function remark(name: VerdictName, step: Step, { latest }: StepProgress): HtmlValue {
  switch (name) {
    case 'untouched':
      return html`<p>${UNTOUCHED}</p>`;
    case 'running':
      return html`<p>${latest?.verdict.outcome === 'failed' ? RUNNING : ON_ITS_WAY}</p>`;
    case 'passed':
      return passed(step);
    case 'failed':
      return html`<p>${tally(step, latest)}</p>`;
    case 'regressed':
      return html`<p>${REGRESSED} ${tally(step, latest)}</p>`;
    case 'errored':
      return latest?.verdict.outcome === 'errored' && errored(latest.verdict.problem);
    case 'cancelled':
      return html`<p>${CANCELLED}</p>`;
    default:
      return name satisfies never;
  }
}

function passed(step: Step): Html {
  return html`<p>
    All ${count(step.checks.length, 'check')} pass.
    <a href="/steps/${step.slug}/discussion">Read the discussion</a> before you go on.
  </p>`;
}

function tally(step: Step, latest: LatestRun | null): string {
  const passing = (latest?.checks ?? []).filter((check) => check.outcome === 'passed').length;
  return `${passing} of ${count(step.checks.length, 'check')} pass.`;
}

function errored({ code, message, remedy }: Problem): Html {
  return html`<p><strong>${NOT_ABOUT_YOU}</strong></p>
    <p class="problem">${message}</p>
    <p>What helps: ${remedy} <span class="problem-code">(${code})</span></p>`;
}

const LOOKS: Readonly<Record<VerdictName, { readonly word: string; readonly icon: IconName }>> = {
  untouched: { word: 'No verdict yet', icon: 'waiting' },
  running: { word: 'Running', icon: 'running' },
  passed: { word: 'Passed', icon: 'passed' },
  failed: { word: 'Failed', icon: 'failed' },
  regressed: { word: 'Broken again', icon: 'regressed' },
  errored: { word: 'The judge could not run', icon: 'warning' },
  cancelled: { word: 'Cancelled', icon: 'blocked' },
};

const UNTOUCHED =
  'The checks run when you save a file in app/. You can also run them now: they fail, and say why.';
const ON_ITS_WAY = 'The verdict is on its way.';
const RUNNING = 'The verdict is on its way. The findings below are from the run before.';
const REGRESSED = 'This step passed before, and a later change broke it.';
const NOT_ABOUT_YOU = 'This is not about your code.';
const CANCELLED = 'This run was stopped before its end, so it decided nothing.';
