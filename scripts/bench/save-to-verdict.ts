import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NewEvent } from '../../model/event.ts';
import { foldProgress } from '../../model/progress.ts';
import type { Step } from '../../model/step.ts';
import { createJudge, type DatabaseForJudge } from '../../runner/judge.ts';
import { createRunner } from '../../runner/runner.ts';
import { watchFolder } from '../../runner/watch.ts';
import { createReleasers } from '../releasers.ts';

export interface SaveTimes {
  /** Milliseconds from the moment before the file is written. */
  readonly verdict: readonly number[];
  /** Empty when no check fails. */
  readonly firstFailure: readonly number[];
}

/** From a save in `root`/app to the verdict, through watch, runner and judge as in `npm start`. */
export async function measureSaves(options: {
  readonly root: string;
  readonly step: Step;
  readonly database: DatabaseForJudge;
  readonly runs: number;
}): Promise<SaveTimes> {
  const { root, step, database, runs } = options;
  const app = join(root, 'app');
  const file = join(root, step.files.find((path) => path.endsWith('.ts')) ?? 'app/src/app.ts');
  const releasers = createReleasers();
  let hear: (event: NewEvent) => void = () => undefined;
  try {
    const judge = createJudge({ root, database });
    releasers.add(() => judge.close());
    const record = async (event: NewEvent) => hear(event);
    const progress = () => foldProgress([]);
    const runner = createRunner({ catalogue: [step], judge, app, record, progress });
    releasers.add(() => runner.close());
    runner.setCurrent(step);
    await runner.check(step);
    await runner.idle();
    const watching = await watchFolder(app, () => void runner.filesChanged());
    releasers.add(() => watching.close());

    const times = { verdict: [] as number[], firstFailure: [] as number[] };
    for (let i = 0; i < runs; i += 1) {
      let failedAt: number | null = null;
      let started = 0;
      const ended = new Promise<number>((resolve) => {
        hear = (event) => {
          if (event.type === 'check.finished' && event.check.outcome === 'failed')
            failedAt ??= performance.now();
          if (event.type === 'run.finished' && event.verdict.outcome !== 'cancelled')
            resolve(performance.now());
        };
      });
      started = performance.now();
      await appendFile(file, `// saved for the ${i}th time\n`);
      times.verdict.push((await ended) - started);
      if (failedAt !== null) times.firstFailure.push(failedAt - started);
      await runner.idle();
    }
    return times;
  } finally {
    await releasers.closeAll();
  }
}
