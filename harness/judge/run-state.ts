import { join } from 'node:path';
import type { Database } from '../../database/cluster.ts';
import { createScratch, type Scratch } from '../../clinic/scratch.ts';
import type { ClinicProcess } from '../../clinic/process.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Finding } from '../../model/finding.ts';
import type { Step } from '../../model/step.ts';
import type { CheckResult } from '../../model/verdict.ts';
import { WorkshopError } from '../../model/workshop-error.ts';
import type { Checks } from '../check.ts';
import { type Clinic, startClinic } from '../clinic.ts';
import { createRandom } from '../random.ts';
import type { Run } from '../run.ts';
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

/** What the checks of one run share: a database, a scratch copy and the clinic that runs from it. */
export interface RunState {
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

export function createRunState(workbench: Workbench, execution: Execution): RunState {
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

/** The check was not tried, because the clinic had failed in another one. */
export class Blocked extends Error {
  readonly by: string;

  constructor(by: string) {
    super(`blocked by ${by}`);
    this.by = by;
  }
}

const isPortTaken = (error: unknown) => error instanceof WorkshopError && error.code === 'PORT_TAKEN';
const MOST_PORTS = 3;
