import { join } from 'node:path';
import { ClinicFailure } from '../clinic/failure.ts';
import { type ClinicProcess, createClinicProcess } from '../clinic/process.ts';
import { sweepSlots } from '../clinic/scratch-slot.ts';
import { type Cluster, type Database, openCluster } from '../database/cluster.ts';
import type { EngineAddress } from '../database/engine.ts';
import {
  cloneRecords,
  cloneSchema,
  type DatabaseRecipe,
  migrated,
  readRecipe,
} from '../database/learner-database.ts';
import { type LegacyData, loadRecords } from '../database/legacy.ts';
import { MigrationError } from '../database/migrations.ts';
import { openTap, type Tap } from '../database/tap.ts';
import { type Problem, WorkshopError } from '../model/workshop-error.ts';
import { refusedMigration, refusedOnOthers } from './refused-migration.ts';
import { createSpareDatabase } from './spare-database.ts';
import { createServerWatch, isServerLoss } from './server-watch.ts';

/** Legacy schema and data with the learner's migrations on top, in a database of its own behind a tap. */
export interface PreparedDatabase {
  readonly database: Database;
  readonly tap: Tap;
  close(): Promise<void>;
}

/** What the judge keeps ready between runs, so that a run begins at once. */
export interface Workbench {
  /** Throws `ClinicFailure` for a migration that the server refuses, `WorkshopError` when there is no database. */
  database(app: string): Promise<PreparedDatabase>;
  /**
   * The migrations of `app` over these records, in a database that the caller drops. Throws `ClinicFailure` when the
   * server refuses them there.
   */
  otherDatabase(app: string, records: LegacyData): Promise<Database>;
  /** How often the server was lost so far. What was judged over a loss says nothing about the clinic. */
  readonly serverLosses: number;
  process(): ClinicProcess;
  /** Prepares one database for this `app` and one waiting process. A fault is left to the run that meets it. */
  warm(app: string): Promise<void>;
  close(): Promise<void>;
}

export type DatabaseAccess = { readonly address: EngineAddress } | { readonly problem: Problem };

export function createWorkbench(root: string, access: DatabaseAccess): Workbench {
  let cluster: Promise<Cluster> | null = null;
  let spareProcess: ClinicProcess | null = null;
  let spareDatabase: { key: string; prepared: Promise<PreparedDatabase> } | null = null;
  let sweeping: Promise<unknown> | null = null;
  const watch = 'address' in access ? createServerWatch(access.address) : null;
  // Under the migrations that are being written: of the clinic's own records, and without any.
  const records = createSpareDatabase();
  const schema = createSpareDatabase();
  /** Of older migrations. Dropped when nobody waits. */
  const stale: Promise<PreparedDatabase>[] = [];
  const dropStale = () =>
    Promise.allSettled(stale.splice(0).map(async (prepared) => (await prepared).close()));

  /** What was made before the server was lost may have gone with it. */
  const keyOf = ({ key }: DatabaseRecipe) => `${key} ${watch?.losses ?? 0}`;

  /** A failure to connect is not kept: the learner may start their server meanwhile. */
  async function opened(): Promise<Cluster> {
    await watch?.begin();
    cluster ??= openIfThere(access).catch((error: unknown) => {
      cluster = null;
      throw error;
    });
    return cluster;
  }

  /** What judges that were killed have left: once, and after what somebody waits for. */
  function sweep(open: Cluster): Promise<unknown> {
    return Promise.allSettled([open.sweep(), sweepSlots(join(root, '.workshop', 'scratch', 'judge'))]);
  }

  async function prepare(recipe: DatabaseRecipe, { isWaited = false } = {}): Promise<PreparedDatabase> {
    const open = await opened();
    const make = () => cloneRecords(open, recipe, 'judge');
    const legacy = isWaited ? await records.take(recipe.templates.records, make) : await make();
    const database = await migrated(legacy, recipe.migrations);
    const tap = await openTap(database.target);
    sweeping ??= sweep(open);
    return {
      database,
      tap,
      async close() {
        await tap.close();
        await dropPatiently(database);
      },
    };
  }

  return {
    get serverLosses() {
      return watch?.losses ?? 0;
    },
    async database(app) {
      await opened();
      const recipe = await readRecipe(root, app);
      const spare = spareDatabase;
      spareDatabase = null;
      const key = keyOf(recipe);
      if (spare !== null && spare.key !== key) stale.push(spare.prepared);
      try {
        return await (spare?.key === key ? spare.prepared : prepare(recipe, { isWaited: true }));
      } catch (error) {
        throw error instanceof MigrationError ? new ClinicFailure(refusedMigration(error)) : error;
      }
    },
    async otherDatabase(app, others) {
      const [recipe, open] = await Promise.all([readRecipe(root, app), opened()]);
      const make = () => cloneSchema(open, recipe, 'judge_other');
      const database = await schema.take(recipe.templates.schema, make);
      try {
        await loadRecords(database, others).catch(async (error: unknown) => {
          await database.drop();
          throw error;
        });
        return await migrated(database, recipe.migrations);
      } catch (error) {
        throw error instanceof MigrationError ? new ClinicFailure(refusedOnOthers(error)) : error;
      }
    },
    process() {
      const spare = spareProcess;
      spareProcess = null;
      return spare?.alive === true ? spare : createClinicProcess();
    },
    async warm(app) {
      if (spareProcess?.alive !== true) spareProcess = createClinicProcess();
      const recipe = await readRecipe(root, app);
      const key = keyOf(recipe);
      if (spareDatabase?.key !== key) {
        if (spareDatabase !== null) stale.push(spareDatabase.prepared);
        spareDatabase = { key, prepared: prepare(recipe) };
      }
      await spareDatabase.prepared.catch(() => (spareDatabase = null));
      await dropStale();
      // The embedded engine has one session: what is made ahead there would only be waited for elsewhere.
      if (!('address' in access) || access.address.kind === 'embedded') return;
      const open = await opened().catch(() => null);
      if (open === null) return;
      await records.refill(recipe.templates.records, () => cloneRecords(open, recipe, 'judge'));
      await schema.refill(recipe.templates.schema, () => cloneSchema(open, recipe, 'judge_other'));
    },
    async close() {
      const [process, database] = [spareProcess, spareDatabase];
      spareProcess = spareDatabase = null;
      await process?.kill();
      if (database !== null) stale.push(database.prepared);
      await Promise.all([dropStale(), records.close(), schema.close()]);
      await sweeping;
      await watch?.close();
      await cluster?.then((open) => open.close()).catch(() => {});
    },
  };
}

/** A server that has lost a process is back in a second. What can't be dropped even then goes with the cluster or a sweep. */
export async function dropPatiently(database: Database): Promise<void> {
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const dropped = await database.drop().then(
      () => true,
      (error: unknown) => !isServerLoss(error),
    );
    if (dropped) return;
    await new Promise((resolve) => setTimeout(resolve, TURN_MS));
  }
}

async function openIfThere(access: DatabaseAccess): Promise<Cluster> {
  if ('address' in access) return openCluster(access.address);
  const { code, message, remedy } = access.problem;
  throw new WorkshopError(code, message, { remedy });
}

const MOST_TURNS = 10;
const TURN_MS = 150;
