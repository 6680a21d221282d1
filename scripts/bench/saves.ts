import { join } from 'node:path';
import type { NewEvent } from '../../model/event.ts';
import { foldProgress } from '../../model/progress.ts';
import type { Step } from '../../model/step.ts';
import type { Verdict } from '../../model/verdict.ts';
import { WorkshopError } from '../../model/workshop-error.ts';
import { createJudge, type DatabaseForJudge } from '../../runner/judge.ts';
import { createRunner, type Runner } from '../../runner/runner.ts';
import { watchFolder } from '../../runner/watch.ts';
import type { Releasers } from '../releasers.ts';
import { createReleasers } from '../releasers.ts';
import type { StepTrees } from './step-trees.ts';
import type { StockWatch } from './stock-watch.ts';
import { createSaver, type Saver } from './saver.ts';

/** Milliseconds from the moment before the file is written. */
export interface SaveTimes {
  /** To the verdict of the step as a learner meets it, going in order. */
  readonly failed: readonly number[];
  readonly firstFailure: readonly number[];
  /** To the verdict of the reference solution. */
  readonly passed: readonly number[];
  /** Stock vitest's, in between. */
  readonly stock: readonly number[];
}

export interface SaveBench {
  /** Alternates: ours failing, stock, ours passing, stock; so that noise meets all of them alike. */
  measure(step: Step, trees: StepTrees, runs: number): Promise<SaveTimes>;
}

/** Saves in `root`/app, followed by watch, runner and judge as in `npm start`. */
export function createSaveBench(
  options: { readonly root: string; readonly database: DatabaseForJudge; readonly stock: StockWatch },
  releasers: Releasers,
): SaveBench {
  const { root, database, stock } = options;
  const app = join(root, 'app');
  const judge = createJudge({ root, database });
  releasers.add(() => judge.close());
  const saver = createSaver(root);

  return {
    async measure(step, trees, runs) {
      const held = createReleasers();
      try {
        const hearing = createHearing();
        const { record } = hearing;
        const runner = createRunner({
          catalogue: [step],
          judge,
          app,
          record,
          progress: () => foldProgress([]),
        });
        held.add(() => runner.close());
        runner.setCurrent(step);
        await warmUp(runner, step, trees, saver);
        const watching = await watchFolder(app, () => void runner.filesChanged());
        held.add(() => watching.close());

        const times = {
          failed: [] as number[],
          firstFailure: [] as number[],
          passed: [] as number[],
          stock: [] as number[],
        };
        for (let i = 0; i < runs; i += 1) {
          const failing = await save('failed', trees.before);
          times.failed.push(failing.verdict);
          if (failing.firstFailure !== null) times.firstFailure.push(failing.firstFailure);
          times.stock.push(await stock.save());
          times.passed.push((await save('passed', trees.after)).verdict);
          times.stock.push(await stock.save());
        }
        return times;

        async function save(expected: 'failed' | 'passed', tree: StepTrees['before']): Promise<Heard> {
          const heard = hearing.next();
          const started = await saver.save(tree, trees.touched[expected]);
          const { outcome, verdict, firstFailure } = await heard;
          if (outcome !== expected) throw unexpected(step, expected, outcome);
          await runner.idle();
          return {
            outcome,
            verdict: verdict - started,
            firstFailure: firstFailure && firstFailure - started,
          };
        }
      } finally {
        await held.closeAll();
      }
    },
  };
}

/** The first run of a step loads its checks and makes the template of its database: that is a start, and no save. */
async function warmUp(runner: Runner, step: Step, trees: StepTrees, saver: Saver): Promise<void> {
  for (const tree of [trees.after, trees.before]) {
    await saver.write(tree);
    await runner.check(step);
    await runner.idle();
  }
}

interface Heard {
  readonly outcome: Verdict['outcome'];
  /** Moments of `performance.now`. */
  readonly verdict: number;
  readonly firstFailure: number | null;
}

function createHearing() {
  let hear: (event: NewEvent) => void = () => undefined;
  return {
    record: async (event: NewEvent) => hear(event),
    /** The next verdict that is none of a run ended by a newer one. */
    next(): Promise<Heard> {
      let firstFailure: number | null = null;
      return new Promise((resolve) => {
        hear = (event) => {
          if (event.type === 'check.finished' && event.check.outcome === 'failed')
            firstFailure ??= performance.now();
          if (event.type !== 'run.finished' || event.verdict.outcome === 'cancelled') return;
          resolve({ outcome: event.verdict.outcome, verdict: performance.now(), firstFailure });
        };
      });
    },
  };
}

const unexpected = (step: Step, expected: string, found: string) =>
  new WorkshopError(
    'BENCH_VERDICT',
    `The verdict of step ${step.number} was to be ${expected} while it was measured, and was ${found}.`,
    { remedy: `Prove the step: npm run author verify ${step.number}` },
  );
