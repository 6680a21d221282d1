import { randomBytes } from 'node:crypto';
import type { NewEvent } from '../model/event.ts';
import type { CheckResult } from '../model/verdict.ts';
import type { Judge, RunRequest, RunResult } from './judge.ts';

export interface RecordedRun extends Omit<RunRequest, 'run'> {
  readonly judge: Judge;
  /** Who ends it early when its signal aborts: a newer run, or a person. */
  readonly cancelledAs: 'superseded' | 'interrupted';
  /** Where events go; each is handed in after the one before was taken. */
  record(event: NewEvent): Promise<unknown>;
}

/** One run with its events: `run.started`, a `check.finished` each, `run.finished`. Resolves when all are recorded. */
export async function runRecorded({
  judge,
  record,
  cancelledAs,
  ...request
}: RecordedRun): Promise<RunResult> {
  const run = randomBytes(6).toString('hex');
  const { slug } = request.step;
  let recorded = record({ type: 'run.started', slug, run });
  const onCheck = (check: CheckResult) => {
    recorded = recorded.then(() => record({ type: 'check.finished', slug, run, check }));
    // Awaited below; a journal that refuses must not end the process from here.
    recorded.catch(() => undefined);
    request.onCheck?.(check);
  };
  const result = cancelled(await judge.run({ ...request, run, onCheck }), cancelledAs);
  await recorded;
  const { verdict, checks, durationMs } = result;
  await record({ type: 'run.finished', slug, run, verdict, checks: [...checks], durationMs });
  return result;
}

function cancelled(result: RunResult, reason: RecordedRun['cancelledAs']): RunResult {
  return result.verdict.outcome === 'cancelled'
    ? { ...result, verdict: { outcome: 'cancelled', reason } }
    : result;
}
