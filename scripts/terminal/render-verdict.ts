import { duration } from '../../docs/components/clock.ts';
import { count } from '../../docs/components/count.ts';
import type { Finding } from '../../model/finding.ts';
import type { Step } from '../../model/step.ts';
import type { CheckResult, Verdict } from '../../model/verdict.ts';
import { VERDICT_LOOKS } from './looks.ts';
import type { Paint } from './paint.ts';
import { foldFinding, renderFinding } from './render-finding.ts';
import { renderProblem } from './render-error.ts';

export interface VerdictView {
  readonly step: Step;
  readonly verdict: Verdict;
  readonly checks: readonly CheckResult[];
  readonly durationMs: number;
  readonly paint: Paint;
  readonly columns: number;
}

/** What a run decided: the first finding in full, the others one line each. */
export function renderVerdict(view: VerdictView): string {
  const { glyph, word, colour } = VERDICT_LOOKS[view.verdict.outcome];
  const { paint } = view;
  const headline = `${paint.bold(paint[colour](`${glyph} ${word}`))}  ${tally(view)}`;
  return [headline, ...body(view)].join('\n');
}

/** The command that repeats a run with the same random values. */
export function renderRepeat(step: Step, seed: number, paint: Paint): string {
  return paint.dim(`The same random values again: npm run check -- ${step.number} --seed ${seed}`);
}

function tally({ step, verdict, checks, durationMs }: VerdictView): string {
  const passing = checks.filter((check) => check.outcome === 'passed').length;
  const said =
    verdict.outcome === 'passed'
      ? `all ${count(step.checks.length, 'check')} pass`
      : `${passing} of ${count(step.checks.length, 'check')} pass`;
  return `${said}, ${duration(durationMs)}`;
}

function body({ verdict, columns, paint }: VerdictView): string[] {
  switch (verdict.outcome) {
    case 'passed':
      return folded(verdict.notes, NOTES, columns, paint);
    case 'failed': {
      const [first, ...rest] = verdict.findings;
      const errors = rest.filter((finding) => finding.level === 'error');
      const notes = rest.filter((finding) => finding.level === 'note');
      return [
        '',
        ...(first === undefined ? [] : [renderFinding(first, columns, paint)]),
        ...folded(errors, ALSO, columns, paint),
        ...folded(notes, NOTES, columns, paint),
      ];
    }
    case 'errored':
      return [paint.bold(NOT_ABOUT_YOU), renderProblem(verdict.problem, columns, paint)];
    case 'cancelled':
      return [CANCELLED];
    default:
      return verdict satisfies never;
  }
}

function folded(findings: readonly Finding[], heading: string, columns: number, paint: Paint): string[] {
  if (findings.length === 0) return [];
  const shown = findings.slice(0, MOST_FOLDED).map((finding) => foldFinding(finding, columns, paint));
  const left = findings.length - shown.length;
  return ['', heading, ...shown, ...(left > 0 ? [`  and ${left} more`] : [])];
}

const MOST_FOLDED = 12;
const ALSO = 'Also found:';
const NOTES = 'Notes, which fail nothing:';
const NOT_ABOUT_YOU = 'This is not about your code.';
const CANCELLED = 'This run was stopped before its end, so it decided nothing.';
