import { fork, type ChildProcess } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type JudgeOrder, type JudgeReport, judgeReportSchema } from '../model/judge-message.ts';
import type { CheckResult, Verdict } from '../model/verdict.ts';
import { decideVerdict } from '../model/verdict.ts';
import type { Step } from '../model/step.ts';

export type DatabaseForJudge = Extract<JudgeOrder, { type: 'open' }>['database'];

export interface RunRequest {
  readonly run: string;
  readonly step: Step;
  /** Absolute folder of the `app` to judge. */
  readonly app: string;
  readonly seed: number;
  readonly signal: AbortSignal;
  onCheck?(check: CheckResult): void;
}

export interface RunResult {
  readonly verdict: Verdict;
  readonly checks: readonly CheckResult[];
  readonly durationMs: number;
}

/** The judge's process, seen from outside. It is started when it is first needed and replaced when it is lost. */
export interface Judge {
  /** One run at a time. Never throws for what the run meets: that is the verdict. */
  run(request: RunRequest): Promise<RunResult>;
  /** Prepares for the next run of this `app`; resolves when ready, or when that failed (the run will say why). */
  warm(app: string): Promise<void>;
  /** Ends the process and what it holds. */
  close(): Promise<void>;
}

/** `limitMs`: after this the judge itself counts as stuck; it is killed and the run is errored. */
export function createJudge(options: {
  readonly root: string;
  readonly database: DatabaseForJudge;
  readonly limitMs?: number;
}): Judge {
  const limitMs = options.limitMs ?? RUN_LIMIT_MS;
  let open: JudgeProcess | null = null;

  const judgeProcess = () => {
    if (open === null || !open.alive) open = startJudgeProcess(options.root, options.database);
    return open;
  };

  return {
    async run(request) {
      if (request.signal.aborted) return cancelled([], 0);
      const judge = judgeProcess();
      const checks: CheckResult[] = [];
      const started = performance.now();
      const cancel = () => judge.send({ type: 'cancel', run: request.run });
      request.signal.addEventListener('abort', cancel, { once: true });
      try {
        const finished = judge.next('run.finished', (r) => r.run === request.run);
        const stop = judge.on((report) => {
          if (report.type !== 'check.finished' || report.run !== request.run || request.signal.aborted)
            return;
          checks.push(report.check);
          request.onCheck?.(report.check);
        });
        judge.send(orderOf(request));
        const end = await withinLimit(finished, limitMs).finally(stop);
        if (end.cancelled || request.signal.aborted) return cancelled(end.checks, end.durationMs);
        const expected = request.step.checks.map((c) => c.id);
        return {
          verdict: decideVerdict(expected, end.checks),
          checks: end.checks,
          durationMs: end.durationMs,
        };
      } catch (error) {
        judge.kill();
        const durationMs = Math.round(performance.now() - started);
        if (request.signal.aborted) return cancelled(checks, durationMs);
        const problem = error instanceof JudgeStuck ? stuck(limitMs) : lost(judge.lastWords());
        return { verdict: { outcome: 'errored', problem }, checks, durationMs };
      } finally {
        request.signal.removeEventListener('abort', cancel);
      }
    },
    async warm(app) {
      const judge = judgeProcess();
      const warmed = judge.next('warmed', () => true);
      judge.send({ type: 'warm', app });
      await warmed.catch(() => {});
    },
    async close() {
      const judge = open;
      open = null;
      if (judge === null || !judge.alive) return;
      judge.send({ type: 'close' });
      await judge.ended(CLOSE_LIMIT_MS);
    },
  };
}

interface JudgeProcess {
  readonly alive: boolean;
  send(order: JudgeOrder): void;
  on(listener: (report: JudgeReport) => void): () => void;
  /** The next report of this type that fits; rejects when the process ends before. */
  next<T extends JudgeReport['type']>(
    type: T,
    fits: (report: Extract<JudgeReport, { type: T }>) => boolean,
  ): Promise<Extract<JudgeReport, { type: T }>>;
  kill(): void;
  ended(limitMs: number): Promise<void>;
  lastWords(): string;
}

function startJudgeProcess(root: string, database: DatabaseForJudge): JudgeProcess {
  const { file, args, execArgv } = judgeProgram(root);
  const child: ChildProcess = fork(file, args, {
    execArgv,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Under a test runner a step's file would register tests instead of handing out its checks.
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST'))),
  });
  const listeners = new Set<(report: JudgeReport) => void>();
  let words = '';
  let alive = true;
  const keep = (chunk: Buffer) => void (words = (words + chunk.toString('utf8')).slice(-8_000));
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  child.on('message', (message) => {
    const report = judgeReportSchema.parse(message);
    for (const listener of [...listeners]) listener(report);
  });
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      alive = false;
      resolve();
    };
    child.once('exit', end);
    child.once('error', end);
  });
  const judge: JudgeProcess = {
    get alive() {
      return alive;
    },
    send(order) {
      if (alive && child.connected) child.send(order);
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    next(type, fits) {
      return new Promise((resolve, reject) => {
        const stop = judge.on((report) => {
          if (report.type !== type) return;
          const found = report as Extract<JudgeReport, { type: typeof type }>;
          if (!fits(found)) return;
          stop();
          resolve(found);
        });
        void ended.then(() => {
          stop();
          reject(new Error('the judge ended'));
        });
      });
    },
    kill() {
      alive = false;
      child.kill('SIGKILL');
    },
    async ended(limitMs) {
      const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
      await ended;
      clearTimeout(timer);
    },
    lastWords: () => words.trim(),
  };
  judge.send({ type: 'open', root, database });
  return judge;
}

/** Steps of another folder bring a harness of their own, which was not compiled with this judge. */
function judgeProgram(root: string): { file: string; args: string[]; execArgv: string[] } {
  return join(root) === OWN_ROOT
    ? { file: join(OWN_ROOT, 'launch', 'run.js'), args: [JUDGE], execArgv: [] }
    : { file: join(OWN_ROOT, JUDGE), args: [], execArgv: ['--import', import.meta.resolve('tsx')] };
}

function orderOf({ run, step, app, seed }: RunRequest): JudgeOrder {
  return {
    type: 'run',
    run,
    directory: step.directory,
    checks: step.checks.map((c) => c.id),
    needs: step.needs,
    app,
    seed,
  };
}

const cancelled = (checks: readonly CheckResult[], durationMs: number): RunResult => ({
  verdict: { outcome: 'cancelled', reason: 'superseded' },
  checks,
  durationMs,
});

class JudgeStuck extends Error {}

async function withinLimit<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new JudgeStuck()), limitMs);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}

const stuck = (limitMs: number) => ({
  code: 'JUDGE_TIME_LIMIT',
  message: `The judge did not come to an end within ${limitMs / 1000} seconds and was stopped.`,
  remedy: 'This says nothing about your code. Run the check again; if it stays, report it.',
});

const lost = (words: string) => ({
  code: 'JUDGE_LOST',
  message: `The judge's process ended before it came to a verdict.${words === '' ? '' : ` Its last words: ${words.slice(-1_500)}`}`,
  remedy: 'This says nothing about your code. Run the check again; if it stays, report this text.',
});

/** Ten times what the slowest step takes on a slow laptop. */
const RUN_LIMIT_MS = 120_000;
const CLOSE_LIMIT_MS = 10_000;
const JUDGE = 'harness/judge/main.ts';
const OWN_ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
