import type { CheckResult, Verdict } from '../../model/verdict.ts';
import type { Finding } from '../../model/finding.ts';
import { decideVerdict } from '../../model/verdict.ts';
import type { SampleWorkshop } from './sample-workshop.ts';

const SLUG = 'sql-injection';
const IDS = ['search-works', 'quotes', 'sort', 'limit', 'export'];

/** A whole run of the injection step: started, its checks, its end. `findings` by check; the checks without pass. */
export function recordRun(
  workshop: SampleWorkshop,
  run: string,
  findings: Readonly<Record<string, readonly [Finding, ...Finding[]]>> = {},
): Verdict {
  const checks = IDS.map((id): CheckResult => resultOf(id, findings[id]));
  const verdict = decideVerdict(IDS, checks);
  workshop.record({ slug: SLUG, type: 'run.started', run });
  for (const check of checks) workshop.record({ slug: SLUG, type: 'check.finished', run, check });
  workshop.record({ slug: SLUG, type: 'run.finished', run, verdict, checks, durationMs: 412 });
  return verdict;
}

/** A run in which the judge itself could not go on. */
export function recordErroredRun(workshop: SampleWorkshop, run: string): void {
  const problem = {
    code: 'DATABASE_UNREACHABLE',
    message: 'The judge should reach PostgreSQL on port 5432, and nobody answers there.',
    remedy: 'Run npm start again.',
  };
  const checks: CheckResult[] = IDS.map((id) => ({ id, outcome: 'errored', problem, durationMs: 1 }));
  workshop.record({ slug: SLUG, type: 'run.started', run });
  workshop.record({
    slug: SLUG,
    type: 'run.finished',
    run,
    verdict: { outcome: 'errored', problem },
    checks,
    durationMs: 30,
  });
}

function resultOf(id: string, findings: readonly [Finding, ...Finding[]] | undefined): CheckResult {
  if (findings === undefined) return { id, outcome: 'passed', findings: [], evidence: [], durationMs: 12 };
  const [first, ...rest] = findings;
  if (first.level === 'note') {
    return { id, outcome: 'passed', findings: [first, ...rest], evidence: [], durationMs: 12 };
  }
  return { id, outcome: 'failed', findings: [first, ...rest], evidence: [], durationMs: 40 };
}
