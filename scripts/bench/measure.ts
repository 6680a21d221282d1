import { WorkshopError } from '../../model/workshop-error.ts';
import { findStep, loadCatalogue } from '../../store/catalogue.ts';
import { openDatabase } from '../database-access.ts';
import type { Releasers } from '../releasers.ts';
import { measureClones } from './clones.ts';
import type { Measurement } from './figures.ts';
import { measureInstall } from './install-size.ts';
import { measureSaves } from './save-to-verdict.ts';
import { copyWorkshop } from './scratch-workshop.ts';
import { measureEngine, measureStart } from './starts.ts';
import { measureStockWatch } from './stock-watch.ts';

/** Everything that `bench` measures, one after the other, in a copy of the workshop. */
export async function measure(
  options: {
    readonly root: string;
    readonly runs: number;
    readonly step: string;
    readonly environment: NodeJS.ProcessEnv;
    say(line: string): void;
  },
  releasers: Releasers,
): Promise<readonly Measurement[]> {
  const { runs, environment, say } = options;
  const root = await copyWorkshop(options.root, releasers);
  const step = findStep(await loadCatalogue(root), options.step);
  if (!step.judged) throw notJudged(step.number);

  say('first and later start');
  const first = await measureStart(root);
  const later = await measureStart(root);
  const engine = await measureEngine(root);

  say('database');
  const { forJudge, address } = await openDatabase({ root, environment, say }, releasers);
  const clones = address === null ? [] : await measureClones(root, address, runs);

  say(`save to verdict of step ${step.number}, ${runs} times`);
  const saves = await measureSaves({ root, step, database: forJudge, runs });

  say(`stock vitest --watch, ${runs} times`);
  const stock = await measureStockWatch(options.root, runs);

  say('install');
  const install = await measureInstall(options.root);

  const verdict = `save to verdict, step ${step.number}`;
  const failure = `save to first failing check, step ${step.number}`;
  return [
    { name: verdict, unit: 'ms', values: saves.verdict, beside: STOCK },
    { name: failure, unit: 'ms', values: saves.firstFailure, beside: STOCK },
    { name: STOCK, unit: 'ms', values: stock, beside: STOCK },
    { name: 'first start, to the guide', unit: 'ms', values: [first.guide] },
    { name: 'first start, to the clinic', unit: 'ms', values: [first.clinic] },
    { name: 'later start, to the guide', unit: 'ms', values: [later.guide] },
    { name: 'later start, to the clinic', unit: 'ms', values: [later.clinic] },
    { name: 'database engine, made anew', unit: 'ms', values: [engine.first] },
    { name: 'database engine, later start', unit: 'ms', values: [engine.later] },
    { name: 'clone of a database', unit: 'ms', values: clones },
    { name: 'installed', unit: 'MB', values: [install.megabytes] },
    { name: 'installed packages', unit: 'packages', values: [install.packages] },
  ];
}

const STOCK = 'save to result, stock vitest --watch on an empty test';

function notJudged(number: number): WorkshopError {
  return new WorkshopError('STEP_NOT_JUDGED', `Step ${number} is to be measured, and it has no checks yet.`, {
    remedy: 'Measure another one: npm run bench -- --step N',
  });
}
