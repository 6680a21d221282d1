import { ClinicFailure } from '../../clinic/failure.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Finding } from '../../model/finding.ts';
import type { CheckResult } from '../../model/verdict.ts';
import { problemOf, WorkshopError } from '../../model/workshop-error.ts';
import type { Check } from '../check.ts';
import { isServerLoss, serverLost } from '../server-watch.ts';
import type { Workbench } from '../workbench.ts';
import { Blocked, createRunState, type Execution, type RunState } from './run-state.ts';

export interface Executed {
  readonly results: readonly CheckResult[];
  /** Resolves when no process, no database and no scratch copy of it is left. Never rejects. */
  readonly cleaned: Promise<void>;
}

/** Runs the checks one after the other. What passed is told at once, while its clinic is taken down. */
export async function executeChecks(workbench: Workbench, execution: Execution): Promise<Executed> {
  const state = createRunState(workbench, execution);
  const losses = workbench.serverLosses;
  // Made ready while the first checks read text, and no more: a clinic that ran already could change what is read.
  if (execution.needs !== 'nothing') state.prepare();
  const results = await runChecks(execution, state);
  const isFailed = results.some(({ outcome }) => outcome === 'failed');
  const isDatabaseGone = isFailed && (await state.isDatabaseGone());
  // What could not be taken down goes with a later sweep.
  const cleaned = state.close().catch(() => undefined);
  // That the server was lost may be known a moment after the answers which that spoilt.
  if (isFailed) await cleaned;
  // A clinic whose database breaks off answers with errors, and they are not its own.
  const isLost = isDatabaseGone || workbench.serverLosses !== losses;
  return { results: isLost ? results.map(({ id }) => errored(id, serverLost())) : results, cleaned };
}

async function runChecks({ checks, expected, signal, onCheck }: Execution, state: RunState) {
  const results: CheckResult[] = [];
  for (const id of expected) {
    if (signal.aborted) break;
    const result = await runCheck(id, checks[id], state);
    if (signal.aborted) break;
    results.push(result);
    onCheck(result);
  }
  return results;
}

function errored(id: string, error: unknown): CheckResult {
  return { id, outcome: 'errored', problem: problemOf(error), durationMs: 0 };
}

async function runCheck(id: string, check: Check | undefined, state: RunState): Promise<CheckResult> {
  const started = performance.now();
  const findings: Finding[] = [];
  const evidence: Evidence[] = [];
  const durationMs = () => Math.round((performance.now() - started) * 10) / 10;
  if (check === undefined) {
    return errored(id, missingCheck(id));
  }
  try {
    await withLimit(id, state.signal, check(state.runFor(findings, evidence)));
  } catch (error) {
    if (error instanceof Blocked) return { id, outcome: 'blocked', by: error.by };
    if (error instanceof ClinicFailure) {
      findings.push(error.finding);
      state.fail(id);
    } else if (!findings.some(isError)) {
      // What was found before our own failure is certain, and outweighs it.
      const told = isServerLoss(error) ? serverLost(error) : error;
      return { id, outcome: 'errored', problem: problemOf(told), durationMs: durationMs() };
    }
  }
  const [first, ...rest] = findings;
  return first !== undefined && findings.some(isError)
    ? { id, outcome: 'failed', findings: [first, ...rest], evidence, durationMs: durationMs() }
    : { id, outcome: 'passed', findings, evidence, durationMs: durationMs() };
}

const isError = (finding: Finding) => finding.level === 'error';

/** Ends with the check, at its time limit, or at once when the run is superseded: what it still does then is nobody's. */
async function withLimit(id: string, signal: AbortSignal, work: Promise<void> | void): Promise<void> {
  let end: () => void = () => {};
  const cut = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(tooLong(id)), CHECK_LIMIT_MS);
    const abort = () => reject(new Error('superseded'));
    signal.addEventListener('abort', abort, { once: true });
    end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    };
  });
  try {
    await Promise.race([work, cut]);
  } finally {
    end();
  }
}

const missingCheck = (id: string) =>
  new WorkshopError(
    'CHECK_MISSING',
    `step.json lists the check "${id}", but step.test.ts does not define it.`,
    {
      remedy: 'This is a fault of the step. Run `npm run author verify` and report what it says.',
    },
  );

const tooLong = (id: string) =>
  new WorkshopError(
    'JUDGE_TIME_LIMIT',
    `The check "${id}" was not done after ${CHECK_LIMIT_MS / 1000} seconds, so the judge stopped it.`,
    {
      remedy:
        "This is the judge's limit and says nothing about your code. Close other heavy programs and run the check again.",
    },
  );

const CHECK_LIMIT_MS = 60_000;
