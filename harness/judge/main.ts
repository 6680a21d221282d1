/** The judge's process: a child of the daemon or of a command. It imports steps and never the learner's code. */
import { join } from 'node:path';
import { moduleAt } from '../../launch/module-at.ts';
import { type JudgeReport, judgeOrderSchema, type RunOrder } from '../../model/judge-message.ts';
import type { CheckResult } from '../../model/verdict.ts';
import { problemOf, WorkshopError } from '../../model/workshop-error.ts';
import type { Checks } from '../check.ts';
import { createWorkbench, type Workbench } from '../workbench.ts';
import { executeChecks } from './execute.ts';

serve();

function serve(): void {
  let bench: Workbench | null = null;
  let root = '';
  let running: { run: string; abort: AbortController; done: Promise<void> } | null = null;
  const answer = (report: JudgeReport) => void process.send?.(report);

  async function close(): Promise<void> {
    running?.abort.abort();
    await running?.done;
    await bench?.close();
    answer({ type: 'closed' });
    process.disconnect();
    process.exit(0);
  }

  process.once('disconnect', () => void close().catch(() => process.exit(1)));
  // The daemon decides when the judge ends; Ctrl+C reaches the whole group at once and must not cut a run in two.
  process.on('SIGINT', () => {});

  process.on('message', (message) => {
    const order = judgeOrderSchema.parse(message);
    switch (order.type) {
      case 'open':
        root = order.root;
        bench = createWorkbench(root, order.database as Parameters<typeof createWorkbench>[1]);
        return answer({ type: 'opened' });
      case 'run': {
        if (bench === null) throw new Error('a run was ordered before the judge was opened');
        const abort = new AbortController();
        const before = running?.done ?? Promise.resolve();
        const workbench = bench;
        const done = before.then(() => serveRun(workbench, root, order, abort.signal, answer));
        running = { run: order.run, abort, done };
        return;
      }
      case 'cancel':
        if (running?.run === order.run) running.abort.abort();
        return;
      case 'warm': {
        const workbench = bench;
        void (running?.done ?? Promise.resolve())
          .then(() => workbench?.warm(order.app))
          .catch(() => {})
          .then(() => answer({ type: 'warmed' }));
        return;
      }
      case 'close':
        return void close();
      default:
        return order satisfies never;
    }
  });
}

async function serveRun(
  workbench: Workbench,
  root: string,
  order: RunOrder,
  signal: AbortSignal,
  answer: (report: JudgeReport) => void,
): Promise<void> {
  const started = performance.now();
  let checks: readonly CheckResult[];
  let cleaned: Promise<void> = Promise.resolve();
  try {
    const executed = await executeChecks(workbench, {
      root,
      app: order.app,
      checks: await loadChecks(order.directory),
      expected: order.checks,
      needs: order.needs,
      seed: order.seed,
      signal,
      onCheck: (check) => answer({ type: 'check.finished', run: order.run, check }),
    });
    checks = executed.results;
    cleaned = executed.cleaned;
  } catch (error) {
    checks = order.checks.map((id) => ({ id, outcome: 'errored', problem: problemOf(error), durationMs: 0 }));
  }
  answer({
    type: 'run.finished',
    run: order.run,
    checks: [...checks],
    cancelled: signal.aborted,
    durationMs: Math.round(performance.now() - started),
  });
  await cleaned;
}

async function loadChecks(directory: string): Promise<Checks> {
  const file = join(directory, 'step.test.ts');
  const loaded: unknown = await moduleAt(file);
  const checks = await (loaded as { default?: unknown }).default;
  if (typeof checks !== 'object' || checks === null) {
    throw new WorkshopError('CHECKS_NOT_EXPORTED', `${file} does not export its checks.`, {
      remedy: 'Write `export default defineChecks(import.meta.dirname, { … })` in it.',
    });
  }
  return checks as Checks;
}
