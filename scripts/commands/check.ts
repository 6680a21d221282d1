import { randomInt } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { NewEvent } from '../../model/event.ts';
import { createJudge, type RunResult } from '../../runner/judge.ts';
import { runRecorded } from '../../runner/recorded-run.ts';
import { chosenSteps } from '../chosen-steps.ts';
import { parseCommandLine } from '../command-line.ts';
import { NO_DATABASE, openDatabase } from '../database-access.ts';
import { exitCodeOf } from '../exit-code.ts';
import { listenForInterrupt } from '../interrupt.ts';
import { judgedOnes } from '../judged-ones.ts';
import { createReleasers } from '../releasers.ts';
import { checkWithDocker } from './check-docker.ts';
import { createReport } from '../terminal/check-report.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { usageError } from '../usage-error.ts';
import { openWorkshop } from '../workshop.ts';
import { workshopRoot } from '../workshop-root.ts';

/** Runs the checks of some steps once. The journal hears of it, unless another copy of `app` is judged. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { options, words, help } = parseCommandLine(args, GRAMMAR);
  if (help) return (terminal.out(USAGE), 0);
  const other = options.app === undefined ? null : await folderOf(options.app);
  const releasers = createReleasers();
  try {
    const { signal } = listenForInterrupt(releasers);
    const { root, app, catalogue, journal, progress } = await openWorkshop(workshopRoot(), releasers);
    const report = createReport(terminal, options.json ? 'json' : 'words');
    const steps = judgedOnes(chosenSteps(words, catalogue, progress), words, report.aside);
    if (options.docker) {
      const slugs = steps.map(({ slug }) => slug);
      const { seed, json } = options;
      return await checkWithDocker({ root, app: other ?? app, slugs, seed, json }, terminal);
    }

    const needsDatabase = steps.some((step) => step.needs !== 'nothing');
    const database = needsDatabase
      ? (
          await openDatabase(
            { root, environment: terminal.environment, wished: options.database, say: report.aside },
            releasers,
          )
        ).forJudge
      : NO_DATABASE;
    const judge = createJudge({ root, database });
    releasers.add(() => judge.close());

    const record = async (event: NewEvent) => (other === null ? journal.append(event) : undefined);
    const results: RunResult[] = [];
    for (const step of steps) {
      const seed = options.seed ?? randomInt(2 ** 31);
      report.begin(step);
      const onCheck = report.check;
      const result = await runRecorded({
        judge,
        step,
        app: other ?? app,
        seed,
        signal,
        cancelledAs: 'interrupted',
        record,
        onCheck,
      });
      report.end(result, seed);
      results.push(result);
      if (signal.aborted) break;
    }
    report.close();
    return exitCodeOf(results.map(({ verdict }) => verdict));
  } finally {
    await releasers.closeAll();
  }
}

async function folderOf(path: string): Promise<string> {
  const folder = resolve(path);
  const found = await stat(folder).catch(() => null);
  if (found?.isDirectory() === true) return folder;
  throw usageError(`--app was to name a copy of app/, and ${folder} is no folder.`, USAGE);
}

const USAGE = `Type it like this: npm run check [step …|all] [-- options]
  a step is a number or a slug: 7, sql-injection; without one, the step you are at
  --json        the verdicts as JSON on stdout, and nothing else there
  --app DIR     judge another copy of app/; the journal does not hear of it
  --seed N      the random values of an earlier run
  --database KIND  native, embedded or server (DATABASE_URL); without it the best that runs here
  --docker      steps 8 and 10: build, start and search the image with a Docker engine`;

const GRAMMAR = {
  usage: USAGE,
  options: { json: 'flag', app: 'text', seed: 'number', docker: 'flag', database: 'text' },
  words: { least: 0, most: Infinity },
} as const;
