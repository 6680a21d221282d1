import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { WorkshopError } from '../model/workshop-error.ts';
import { ClinicFailure } from './failure.ts';
import { explainDeath } from './explain.ts';
import { killGroup } from './kill-group.ts';
import { type ClinicReport, reportSchema } from './report.ts';
import { endStragglers } from './stragglers.ts';
import { afterWaking } from './waking-time.ts';

export interface ClinicOrder {
  /** Absolute path of the scratch copy's `app` folder. */
  readonly directory: string;
  readonly databaseUrl: string;
  /** The port that the clinic is told to listen on. */
  readonly port: number;
}

/** A process that has loaded express and pg and waits for a scratch copy to become the clinic of. */
export interface ClinicProcess {
  /** Resolves when the clinic listens. Throws `ClinicFailure` for the learner's faults, `WorkshopError` for ours. */
  start(order: ClinicOrder): Promise<{ readonly port: number }>;
  /**
   * Rejects when the process ends: with `ClinicFailure` by itself, with `WorkshopError` by a signal from outside. Never
   * resolves. A process that we killed says nothing.
   */
  readonly died: Promise<never>;
  readonly alive: boolean;
  /** The last 32 kB that the clinic printed. */
  output(): string;
  /** Ends the process and whatever it started, and resolves when it is gone. */
  kill(): Promise<void>;
}

/** Starts a waiting clinic process. It costs about 0.25 s until it is warm; `start` waits for that. */
export function createClinicProcess(): ClinicProcess {
  const child = spawn(process.execPath, ['--import', LOADER, '--max-old-space-size=1024', CHILD], {
    // Its own group, so that whatever the learner's code starts dies with it.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe'],
    env: bareEnvironment(),
  });
  return followClinic(child);
}

function followClinic(child: ChildProcess): ClinicProcess {
  const reports: ClinicReport[] = [];
  const waiting = new Set<() => void>();
  const wake = () => [...waiting].forEach((look) => look());
  let output = '';
  let killed = false;
  let directory = '';
  let ended = false;

  const keep = (chunk: Buffer) => void (output = (output + chunk.toString('utf8')).slice(-OUTPUT_LIMIT));
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  followReports(child, (report) => {
    reports.push(report);
    wake();
  });
  // `close` comes after the last byte of output and of the reports, which explain the death.
  const closed = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('error', () => resolve({ code: -1, signal: null }));
    child.once('close', (code, signal) => resolve({ code, signal }));
    // A grandchild that left the group may hold the pipes open for ever.
    child.once('exit', (code, signal) => afterWaking(LAST_WORDS_MS, () => resolve({ code, signal })));
  });
  const died = closed.then<never>(async ({ code, signal }) => {
    ended = true;
    killGroup(child);
    if (killed) return new Promise<never>(() => {});
    if (isFromOutside(signal, reports)) throw killedFromOutside(signal);
    throw new ClinicFailure(await explainDeath({ code, signal, reports, output, directory }));
  });
  died.catch(() => {});
  let cut: (reason: Error) => void = () => {};
  const cutShort = new Promise<never>((_, reject) => (cut = reject));
  cutShort.catch(() => {});

  const until = <T>(find: () => T | undefined) =>
    new Promise<T>((resolve) => {
      const look = () => {
        const found = find();
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  const reported = <Type extends ClinicReport['type']>(type: Type) =>
    until(() => reports.find((r): r is Extract<ClinicReport, { type: Type }> => r.type === type));

  return {
    died,
    get alive() {
      return !ended && !killed;
    },
    output: () => output,
    async start(order) {
      await Promise.race([reported('ready'), died.catch(failedToWarm), cutShort]);
      directory = order.directory;
      child.send({
        type: 'load',
        directory: order.directory,
        entry: join(order.directory, 'src', 'server.ts'),
        environment: clinicEnvironment(order),
      });
      const listening = await Promise.race([
        reported('listening'),
        died.catch(ours(order.port)),
        cutShort,
        limit(),
      ]);
      return { port: listening.port };
    },
    async kill() {
      killed = true;
      cut(new Error('the clinic process was ended while it started'));
      killGroup(child);
      if (!ended) await closed;
      if (directory !== '' && child.pid !== undefined) endStragglers(directory, { youngerThan: child.pid });
    },
  };

  async function limit(): Promise<never> {
    await new Promise<void>((resolve) => afterWaking(START_LIMIT_MS, resolve));
    throw new ClinicFailure({
      ruleId: 'clinic/never-listens',
      level: 'error',
      message: `The clinic was started, but after ${START_LIMIT_MS / 1000} seconds it listens on no port.`,
      tried: 'Import app/src/server.ts and wait until it listens.',
      expected: 'A server that listens on the port in the environment variable PORT.',
      observed: output.trim() === '' ? 'It printed nothing.' : `It printed: ${output.trim().slice(-600)}`,
      location: { file: 'app/src/server.ts' },
    });
  }
}

/** A clinic that ends itself in this way says so before; so does the watchdog. */
function isFromOutside(
  signal: NodeJS.Signals | null,
  reports: readonly ClinicReport[],
): signal is NodeJS.Signals {
  const says = reports.some(({ type }) => type !== 'ready' && type !== 'listening');
  return signal !== null && FROM_OUTSIDE.has(signal) && !says;
}

function killedFromOutside(signal: NodeJS.Signals): WorkshopError {
  return new WorkshopError(
    'CLINIC_KILLED',
    `The process of the clinic was ended from outside, by the signal ${signal}.`,
    {
      remedy:
        'This says nothing about your code. Save again or run the check again; a computer that is short of memory ends processes as well, so close what you do not need.',
    },
  );
}

/** The port that we chose was taken meanwhile: our misfortune, not a fault of the clinic. */
function ours(port: number) {
  return (error: unknown): never => {
    const taken = error instanceof ClinicFailure && error.finding.ruleId === 'clinic/port-in-use';
    if (!taken || !error.finding.observed?.endsWith(`:${port}`)) throw error;
    throw new WorkshopError(
      'PORT_TAKEN',
      `The clinic was to listen on port ${port}, but another program uses it.`,
      {
        remedy: 'Stop that program, or give another port: `npm start -- --app-port 8001`.',
        cause: error,
      },
    );
  };
}

function failedToWarm(error: unknown): never {
  if (error instanceof WorkshopError) throw error;
  throw new WorkshopError(
    'CLINIC_PROCESS_FAILED',
    `A process to run the clinic in could not be started: ${String(error)}`,
    {
      remedy: 'Run `npm ci`, then try again; if it stays, report this text.',
      cause: error,
    },
  );
}

function followReports(child: ChildProcess, on: (report: ClinicReport) => void): void {
  let rest = '';
  const channel = child.stdio[4];
  channel?.on('error', () => {});
  channel?.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('utf8')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const report = readReport(line);
      if (report !== null) on(report);
    }
  });
}

function readReport(line: string): ClinicReport | null {
  try {
    const read = reportSchema.safeParse(JSON.parse(line));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** No `PG*`, no tokens, nothing of ours: what the learner's code may know. */
function bareEnvironment(): Record<string, string> {
  const kept = ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), TZ: 'UTC', NODE_ENV: 'development' };
}

function clinicEnvironment(order: ClinicOrder): Record<string, string> {
  return {
    ...bareEnvironment(),
    HOME: order.directory,
    HOST: '127.0.0.1',
    PORT: String(order.port),
    DATABASE_URL: order.databaseUrl,
  };
}

/** Those that one process sends to another; the others are a crash of its own. */
const FROM_OUTSIDE: ReadonlySet<NodeJS.Signals> = new Set(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP']);
const OUTPUT_LIMIT = 32 * 1024;
const LAST_WORDS_MS = 500;
const START_LIMIT_MS = 15_000;
const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));
const LOADER = import.meta.resolve('tsx');
