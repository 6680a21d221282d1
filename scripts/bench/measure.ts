import type { EngineAddress } from '../../database/engine.ts';
import { startEngine } from '../../database/engine.ts';
import { join } from 'node:path';
import { loadCatalogue } from '../../store/catalogue.ts';
import { openWorkspace } from '../../store/workspace/workspace.ts';
import type { Releasers } from '../releasers.ts';
import { measureClones } from './clones.ts';
import { measureColdCheck } from './cold-check.ts';
import { measureEngine } from './engine-starts.ts';
import type { Measurement } from './figures.ts';
import { measureNpmCi } from './install.ts';
import type { MemoryOf } from './process-tree.ts';
import { createSaveBench } from './saves.ts';
import { copyWorkshop } from './scratch-workshop.ts';
import { loadStepTrees } from './step-trees.ts';
import { openStockWatch } from './stock-watch.ts';
import { measureWorkshop } from './whole-workshop.ts';

export interface BenchOptions {
  readonly root: string;
  /** How often each save is measured. */
  readonly runs: number;
  /** Numbers of the steps; all when empty. */
  readonly steps: readonly number[];
  readonly database: EngineAddress['kind'];
  /** `npm ci` into a folder of its own as well. */
  readonly install: boolean;
  readonly environment: NodeJS.ProcessEnv;
  say(line: string): void;
}

export interface Measured {
  readonly measurements: readonly Measurement[];
  /** The processes of a workshop at rest; empty where they can't be read. */
  readonly processes: readonly MemoryOf[];
}

/** Everything that `bench` measures, one after the other, in a copy of the workshop. */
export async function measure(options: BenchOptions, releasers: Releasers): Promise<Measured> {
  const { runs, database, say } = options;
  const root = await copyWorkshop(options.root, releasers);
  const environment = environmentFor(options);

  say('first and later start, pages, tabs, memory');
  const workshop = await measureWorkshop({ root, environment, runs, say });

  say('cold check');
  const cold = await measureColdCheck(root, environment, Math.min(runs, 5));

  say('database');
  const engines = database === 'server' ? null : await measureEngine(root, database);
  const url = environment['DATABASE_URL'];
  const home = join(root, '.workshop', 'engine');
  const engine = await startEngine({
    home,
    force: database,
    ...(url === undefined ? {} : { databaseUrl: url }),
  });
  releasers.add(() => engine.close());
  const clones = await measureClones(root, engine.address, runs);

  const saves = await measureSaves(options, root, engine.address, releasers);

  say(options.install ? 'npm ci' : 'what is installed');
  const install = await measureNpmCi(options.root, environment, options.install);

  const one = (name: string, value: number | null, unit: Measurement['unit'] = 'ms'): Measurement[] =>
    value === null ? [] : [{ name, unit, values: [value] }];
  return {
    processes: workshop.processes,
    measurements: [
      ...saves,
      { name: '`npm run check 7`, whole process', unit: 'ms', values: cold },
      ...workshop.measurements,
      ...one('database engine, made anew', engines?.first ?? null),
      ...one('database engine, later start', engines?.later ?? null),
      { name: 'clone of a database', unit: 'ms', values: clones },
      ...one('`npm ci`', install.milliseconds),
      ...one(INSTALLED, install.megabytes, 'MB'),
      ...one(PACKAGES, install.packages, 'packages'),
    ],
  };
}

/** Each step's saves, with stock vitest's in between. */
async function measureSaves(
  { root: real, runs, steps, say }: BenchOptions,
  root: string,
  address: EngineAddress,
  releasers: Releasers,
): Promise<readonly Measurement[]> {
  const catalogue = await loadCatalogue(root);
  const baseline = await (await openWorkspace({ root })).baseline();
  const stock = await openStockWatch(real, releasers);
  const bench = createSaveBench({ root, database: { address: { ...address } }, stock }, releasers);
  const found: Measurement[] = [];
  for (const step of catalogue.filter(({ number }) => steps.length === 0 || steps.includes(number))) {
    say(`step ${step.number}: ${runs} saves that fail, ${runs} that pass`);
    const times = await bench.measure(step, await loadStepTrees(step, catalogue, baseline), runs);
    const title = `step ${step.number}, ${step.slug}`;
    found.push(
      { name: `${FAILED}${title}`, unit: 'ms', values: times.failed, against: times.stock },
      { name: `${FIRST_FAILURE}${title}`, unit: 'ms', values: times.firstFailure, against: times.stock },
      { name: `${PASSED}${title}`, unit: 'ms', values: times.passed, against: times.stock },
    );
  }
  return [...found, { name: STOCK, unit: 'ms', values: stock.times, beside: STOCK }];
}

/** A database of their own for all that is measured, and no server that happens to be named. */
function environmentFor({ environment, database }: BenchOptions): NodeJS.ProcessEnv {
  const { DATABASE_URL: url, ...rest } = environment;
  if (database === 'server') return { ...rest, DATABASE_URL: url };
  return { ...rest, SECOND_OPINION_DATABASE: database };
}

export const FAILED = 'save to verdict, failing: ';
export const PASSED = 'save to verdict, passing: ';
export const FIRST_FAILURE = 'save to first failing check: ';
export const STOCK = 'save to result, stock `vitest --watch` on an empty test';
export const INSTALLED = 'installed by `npm ci`';
export const PACKAGES = 'packages installed by `npm ci`';
