import { join } from 'node:path';
import { ClinicFailure } from '../clinic/failure.ts';
import { type ClinicProcess, createClinicProcess } from '../clinic/process.ts';
import { createScratch, type Scratch } from '../clinic/scratch.ts';
import { type Cluster, type Database, openCluster } from '../database/cluster.ts';
import type { EngineAddress } from '../database/engine.ts';
import { createLearnerDatabase, readRecipe } from '../database/learner-database.ts';
import { MigrationError } from '../database/migrations.ts';
import { openTap, type Tap } from '../database/tap.ts';
import type { Finding } from '../model/finding.ts';
import { type Problem, problemOf } from '../model/workshop-error.ts';

/** How the clinic that the learner looks at is doing. `failed` is the learner's, `errored` is ours. */
export type LiveClinicState =
  | { readonly state: 'starting' }
  | { readonly state: 'running'; readonly url: string }
  | { readonly state: 'failed'; readonly finding: Finding }
  | { readonly state: 'errored'; readonly problem: Problem };

/** The learner's clinic in a browser, on a port of its own and with a database that keeps what they enter. */
export interface LiveClinic {
  readonly url: string;
  /** Runs the files as they are now. Calls that come while it restarts are one more restart. Never throws. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface LiveClinicOptions {
  readonly root: string;
  readonly app: string;
  readonly address: EngineAddress;
  readonly port: number;
  onState(state: LiveClinicState): void;
}

export function createLiveClinic({ root, app, address, port, onState }: LiveClinicOptions): LiveClinic {
  const url = `http://localhost:${port}`;
  let cluster: Promise<Cluster> | null = null;
  let data: LiveData | null = null;
  let running: { process: ClinicProcess; scratch: Scratch } | null = null;
  let busy: Promise<void> | null = null;
  let again = false;
  let closed = false;
  // Nobody asks what this tap saw, and it would keep 50 MB of it.
  const forgetting = setInterval(() => data?.tap.take(), FORGET_EVERY_MS).unref();

  async function stop(): Promise<void> {
    const old = running;
    running = null;
    await old?.process.kill();
    await old?.scratch.remove();
  }

  async function dropData(): Promise<void> {
    const old = data;
    data = null;
    await old?.tap.close();
    await old?.database.drop();
  }

  /** A failure to connect is not kept: the next save tries again. */
  function opened(): Promise<Cluster> {
    cluster ??= openCluster(address).catch((error: unknown) => {
      cluster = null;
      throw error;
    });
    return cluster;
  }

  /**
   * The database stays while schema, data and migrations do; new migrations begin again from the legacy data. So does
   * a clinic whose code has dropped what it needs: no fix of that code would bring it back.
   */
  async function databaseUrl(): Promise<string> {
    const recipe = await readRecipe(root, app);
    if (data?.key === recipe.key && (await isWhole(data))) return data.tap.url;
    await dropData().catch(() => undefined);
    const database = await createLearnerDatabase(await opened(), recipe, 'live');
    const relations = await relationsOf(database);
    data = { key: recipe.key, database, tap: await openTap(database.target), relations };
    return data.tap.url;
  }

  async function restartOnce(): Promise<void> {
    onState({ state: 'starting' });
    const process = createClinicProcess();
    try {
      const [scratch] = await Promise.all([
        createScratch(app, join(root, '.workshop', 'scratch', 'live'), root),
        stop(),
      ]);
      running = { process, scratch };
      await process.start({ directory: scratch.directory, databaseUrl: await databaseUrl(), port });
      onState({ state: 'running', url });
      // It may end later, by a request: say so, and wait for the next save.
      process.died.catch((error: unknown) => {
        if (running?.process === process) onState(stateOf(error));
      });
    } catch (error) {
      await process.kill();
      if (!closed) onState(stateOf(error));
    }
  }

  async function restart(): Promise<void> {
    if (closed) return;
    if (busy !== null) {
      again = true;
      return busy;
    }
    busy = (async () => {
      do {
        again = false;
        await restartOnce();
      } while (again && !closed);
    })();
    await busy.finally(() => (busy = null));
  }

  return {
    url,
    restart,
    async close() {
      closed = true;
      clearInterval(forgetting);
      await busy?.catch(() => {});
      await stop();
      await dropData().catch(() => {});
      await cluster?.then((open) => open.close()).catch(() => {});
    },
  };
}

interface LiveData {
  readonly key: string;
  readonly database: Database;
  readonly tap: Tap;
  /** Tables and views as they were made. */
  readonly relations: readonly string[];
}

async function isWhole({ database, relations }: LiveData): Promise<boolean> {
  const now = await relationsOf(database).catch((): string[] => []);
  return relations.every((relation) => now.includes(relation));
}

async function relationsOf(database: Database): Promise<string[]> {
  const client = await database.asClinic();
  try {
    const { rows } = await client.query<{ name: string }>(RELATIONS);
    return rows.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

function stateOf(error: unknown): LiveClinicState {
  if (error instanceof ClinicFailure) return { state: 'failed', finding: error.finding };
  if (!(error instanceof MigrationError)) return { state: 'errored', problem: problemOf(error) };
  const location = { file: error.file, line: Math.max(1, error.line), column: Math.max(1, error.column) };
  const message = `PostgreSQL refused ${error.file}: ${error.message}`;
  return { state: 'failed', finding: { ruleId: 'migrations/sql-error', level: 'error', message, location } };
}

const RELATIONS = `SELECT relname AS name FROM pg_class
  WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')`;
const FORGET_EVERY_MS = 5_000;
