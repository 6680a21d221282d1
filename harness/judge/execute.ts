import { join } from 'node:path';
import { ClinicFailure } from '../../clinic/failure.ts';
import type { Database } from '../../database/cluster.ts';
import { createScratch, type Scratch } from '../../clinic/scratch.ts';
import type { ClinicProcess } from '../../clinic/process.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Finding } from '../../model/finding.ts';
import type { Step } from '../../model/step.ts';
import type { CheckResult } from '../../model/verdict.ts';
import { problemOf, WorkshopError } from '../../model/workshop-error.ts';
import type { Check, Checks } from '../check.ts';
import { type Clinic, startClinic } from '../clinic.ts';
import { createRandom } from '../random.ts';
import type { Run } from '../run.ts';
import { isServerLoss, serverLost } from '../server-watch.ts';
import { createSources } from '../sources.ts';
import { dropPatiently, type PreparedDatabase, type Workbench } from '../workbench.ts';

export interface Execution {
  readonly root: string;
  readonly app: string;
  readonly checks: Checks;
  /** The ids that `step.json` lists; they decide what runs and in which order. */
  readonly expected: readonly string[];
  /** Of the step: whether its checks meet the running clinic at all. */
  readonly needs: Step['needs'];
  readonly seed: number;
  readonly signal: AbortSignal;
  onCheck(result: CheckResult): void;
}

export interface Executed {
  readonly results: readonly CheckResult[];
  /** Resolves when no process, no database and no scratch copy of it is left. Never rejects. */
  readonly cleaned: Promise<void>;
}

/** Runs the checks one after the other. What passed is told at once, while its clinic is taken down. */
export async function executeChecks(workbench: Workbench, execution: Execution): Promise<Executed> {
  const state = createState(workbench, execution);
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

async function runChecks({ checks, expected, signal, onCheck }: Execution, state: State) {
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

async function runCheck(id: string, check: Check | undefined, state: State): Promise<CheckResult> {
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

const isPortTaken = (error: unknown) => error instanceof WorkshopError && error.code === 'PORT_TAKEN';

const isError = (finding: Finding) => finding.level === 'error';

interface State {
  readonly signal: AbortSignal;
  /** Makes database and scratch copy ready before a check asks. Why it can't is told to the check that asks. */
  prepare(): void;
  runFor(findings: Finding[], evidence: Evidence[]): Run;
  /** The clinic is gone since this check: later checks that need it are blocked. */
  fail(id: string): void;
  /** Whether an embedded database has ended by itself. On a server a clinic may drop its own, which is its own doing. */
  isDatabaseGone(): Promise<boolean>;
  close(): Promise<void>;
}

function createState(workbench: Workbench, execution: Execution): State {
  const { root, app, signal } = execution;
  const random = createRandom(execution.seed);
  const sources = createSources(app);
  const shared = new Map<unknown, Promise<unknown>>();
  let failedAt: string | null = null;
  let starting: Promise<Clinic> | null = null;
  let process: ClinicProcess | null = null;
  let copying: Promise<Scratch> | null = null;
  let preparing: Promise<PreparedDatabase> | null = null;
  const others: Promise<Database>[] = [];

  function prepare(): Promise<PreparedDatabase> {
    preparing ??= workbench.database(app);
    preparing.catch(() => {});
    return preparing;
  }

  function copy(): Promise<Scratch> {
    copying ??= createScratch(app, join(root, '.workshop', 'scratch', 'judge'), root);
    copying.catch(() => {});
    return copying;
  }

  async function start(): Promise<Clinic> {
    let own = (process = workbench.process());
    const [scratch, prepared] = await Promise.all([copy(), prepare()]);
    for (let turn = 1; ; turn += 1) {
      try {
        return await startClinic(own, scratch.directory, prepared, signal);
      } catch (error) {
        // Somebody was quicker at the port that was free a moment ago: there are others.
        if (!isPortTaken(error) || turn === MOST_PORTS || signal.aborted) throw error;
        await own.kill();
        own = process = workbench.process();
      }
    }
  }

  const kill = () => void process?.kill();
  signal.addEventListener('abort', kill);
  return {
    signal,
    prepare() {
      void copy();
      void prepare();
    },
    runFor: (findings, evidence): Run => ({
      random,
      signal,
      sources,
      clinic() {
        if (failedAt !== null) throw new Blocked(failedAt);
        return (starting ??= start());
      },
      async database() {
        if (failedAt !== null) throw new Blocked(failedAt);
        return (await prepare()).database;
      },
      migrateOther(records) {
        const other = workbench.otherDatabase(app, records);
        others.push(other);
        return other;
      },
      once<T>(make: (run: Run) => Promise<T>) {
        if (failedAt !== null) throw new Blocked(failedAt);
        const made = (shared.get(make) as Promise<T> | undefined) ?? make(this);
        shared.set(make, made);
        return made;
      },
      report: (finding) => void findings.push({ level: 'error', ...finding }),
      show: (proof) => void evidence.push(proof),
    }),
    fail: (id) => void (failedAt ??= id),
    async isDatabaseGone() {
      const prepared = await preparing?.catch(() => null);
      if (prepared?.database.target.address.kind !== 'embedded') return false;
      return prepared.database.query('SELECT 1').then(
        () => false,
        () => true,
      );
    },
    async close() {
      signal.removeEventListener('abort', kill);
      await starting?.then((clinic) => clinic.visitor.close()).catch(() => {});
      await process?.kill();
      // What could not be prepared has nothing to close, and its check has said why.
      const closing: Promise<() => Promise<void>>[] = [
        ...(preparing === null ? [] : [preparing.then((prepared) => () => prepared.close())]),
        ...others.map((other) => other.then((database) => () => dropPatiently(database))),
      ];
      const closes = await Promise.allSettled(closing);
      await Promise.allSettled(
        closes.map((close) => (close.status === 'fulfilled' ? close.value() : Promise.resolve())),
      );
      await copying?.then((scratch) => scratch.remove()).catch(() => {});
    },
  };
}

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

/** The check was not tried, because the clinic had failed in another one. */
class Blocked extends Error {
  readonly by: string;

  constructor(by: string) {
    super(`blocked by ${by}`);
    this.by = by;
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
const MOST_PORTS = 3;
