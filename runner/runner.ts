import { randomInt } from 'node:crypto';
import type { NewEvent } from '../model/event.ts';
import type { Progress } from '../model/progress.ts';
import type { Step } from '../model/step.ts';
import { fingerprint, timestamp } from './fingerprint.ts';
import type { Judge, RunResult } from './judge.ts';
import { runRecorded } from './recorded-run.ts';

export interface RunnerOptions {
  readonly catalogue: readonly Step[];
  readonly judge: Judge;
  /** Absolute folder of the `app` to judge. */
  readonly app: string;
  /** Where events go; their order is kept. */
  record(event: NewEvent): Promise<unknown>;
  /** The journal as folded so far: tells which steps were done. */
  progress(): Progress;
}

/** Decides what runs when: one run at a time, and a newer one ends the older. */
export interface Runner {
  /** Judges this step now. Resolves with the verdict; `cancelled` when something newer came. */
  check(step: Step): Promise<RunResult>;
  /** The step that a save judges. */
  setCurrent(step: Step): void;
  /**
   * To be called whenever files may have changed. Judges the current step when they really have, and after a pass
   * every step that was done, newest first, in the background. Resolves with the current step's verdict, `null` when
   * nothing changed.
   */
  filesChanged(): Promise<RunResult | null>;
  /** Resolves when nothing runs any more, background included. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export function createRunner(options: RunnerOptions): Runner {
  const { catalogue, judge, app } = options;
  let current: Step | null = null;
  let abort = new AbortController();
  const background = new Set<Promise<unknown>>();
  let recorded: Promise<unknown> = Promise.resolve();
  let seen: string | null = null;
  let looking: Promise<unknown> = Promise.resolve();
  let closed = false;

  const record = (event: NewEvent) => (recorded = recorded.then(() => options.record(event)));

  function newest(): AbortSignal {
    abort.abort();
    abort = new AbortController();
    return abort.signal;
  }

  /** The judge takes one run after the other, so a newer one only has to abort the older. */
  async function run(step: Step, signal: AbortSignal): Promise<RunResult> {
    if (signal.aborted) return SUPERSEDED;
    return runRecorded({
      judge,
      step,
      app,
      signal,
      seed: randomInt(2 ** 31),
      cancelledAs: 'superseded',
      record,
    });
  }

  /** Steps done before that this save may have broken. Runs in the background; a newer save ends it. */
  async function watchOverDone(passed: Step, signal: AbortSignal): Promise<void> {
    for (const step of doneSteps(options.progress(), catalogue)) {
      if (step.slug === passed.slug) continue;
      if (signal.aborted) return;
      await run(step, signal);
    }
  }

  /**
   * Judges when nobody looks at the files any more, so that what was seen last is never older than what was judged: a
   * verdict would stand over files that have changed since.
   */
  async function checkThenWatch(stepFor: (now: string) => Step | null): Promise<RunResult | null> {
    const looked = looking.then(async () => {
      const since = await timestamp(app);
      const now = await fingerprint(app);
      const step = closed ? null : stepFor(now);
      if (step === null) return null;
      seen = now;
      const signal = newest();
      const running = run(step, signal);
      follow(running.then((result) => afterVerdict(step, result, signal, { now, since })));
      // In a hand of its own: the next look does not wait for a verdict.
      return { running };
    });
    looking = looked.catch(() => {});
    return (await looked)?.running ?? null;
  }

  async function afterVerdict(
    step: Step,
    result: RunResult,
    signal: AbortSignal,
    judged: Look,
  ): Promise<void> {
    // What was saved and taken back while it ran leaves the files as they were seen, and is in the verdict all the same.
    if (!signal.aborted && (await timestamp(app)) !== judged.since) {
      const again = await checkThenWatch((now) => (signal.aborted || now !== judged.now ? null : step));
      if (again !== null) return;
    }
    if (result.verdict.outcome === 'passed') await watchOverDone(step, signal);
    if (!signal.aborted) await judge.warm(app);
  }

  function follow(work: Promise<unknown>): void {
    const quiet = work.catch(() => {}).finally(() => background.delete(quiet));
    background.add(quiet);
  }

  return {
    check: async (step) => (await checkThenWatch(() => step)) ?? SUPERSEDED,
    setCurrent(step) {
      current = step;
    },
    filesChanged: () => checkThenWatch((now) => (now === seen || current?.judged !== true ? null : current)),
    async idle() {
      for (let last: unknown = null; last !== looking || background.size > 0;) {
        last = looking;
        await last;
        await Promise.all(background);
      }
      await recorded;
    },
    async close() {
      closed = true;
      abort.abort();
      await looking;
      await Promise.all(background);
      await recorded.catch(() => {});
    },
  };
}

interface Look {
  /** The files by content. */
  readonly now: string;
  /** When they had been written. */
  readonly since: string;
}

function doneSteps(progress: Progress, catalogue: readonly Step[]): Step[] {
  return catalogue
    .filter((step) => step.judged)
    .flatMap((step) => {
      const doneAt = progress.steps[step.slug]?.doneAt;
      return doneAt === null || doneAt === undefined ? [] : [{ step, doneAt }];
    })
    .sort((a, b) => b.doneAt.localeCompare(a.doneAt))
    .map(({ step }) => step);
}

const SUPERSEDED: RunResult = {
  verdict: { outcome: 'cancelled', reason: 'superseded' },
  checks: [],
  durationMs: 0,
};
