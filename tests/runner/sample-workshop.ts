import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NewEvent, WorkshopEvent } from '../../model/event.ts';
import { applyEvent, foldProgress, type Progress } from '../../model/progress.ts';
import type { Step } from '../../model/step.ts';

/** A workshop of a few files whose steps judge a text: real folders, a real judge, no database. */
export interface SampleWorkshop {
  readonly root: string;
  readonly app: string;
  step(number: number, slug: string, checks: Readonly<Record<string, string>>): Promise<Step>;
  /** What was recorded so far, in order. */
  readonly events: WorkshopEvent[];
  record(event: NewEvent): Promise<void>;
  progress(): Progress;
  /** Resolves with the first recorded event, past or coming, that fits. */
  event(fits: (event: WorkshopEvent) => boolean): Promise<WorkshopEvent>;
  remove(): Promise<void>;
}

/** `checks`: the body of each check, with `run` in scope. */
export async function createSampleWorkshop(): Promise<SampleWorkshop> {
  const root = await mkdtemp(join(tmpdir(), 'second opinion '));
  const app = join(root, 'app');
  await mkdir(join(app, 'src'), { recursive: true });
  await writeFile(join(root, 'package.json'), '{ "type": "module" }');
  const events: WorkshopEvent[] = [];
  const waiting = new Set<() => void>();
  let progress = foldProgress([]);
  return {
    root,
    app,
    events,
    async step(number, slug, checks) {
      const directory = join(root, 'steps', `${String(number).padStart(2, '0')}-${slug}`);
      await mkdir(directory, { recursive: true });
      const bodies = Object.entries(checks).map(
        ([id, body]) => `${JSON.stringify(id)}: async (run) => {\n${body}\n},\n`,
      );
      await writeFile(join(directory, 'step.test.ts'), `export default {\n${bodies.join('')}};\n`);
      return {
        slug,
        number,
        directory,
        title: slug,
        summary: 'A sample of a step.',
        minutes: 1,
        files: ['app/src/answer.txt'],
        after: [],
        judged: true,
        needs: 'nothing',
        clinicPath: null,
        checks: Object.keys(checks).map((id) => ({ id, title: id })),
      };
    },
    async record(event) {
      const whole = {
        ...event,
        v: 1,
        journal: 'sample',
        seq: events.length,
        at: new Date().toISOString(),
      } as WorkshopEvent;
      events.push(whole);
      progress = applyEvent(progress, whole);
      for (const look of [...waiting]) look();
    },
    progress: () => progress,
    event: (fits) =>
      new Promise((resolve) => {
        const look = () => {
          const found = events.find(fits);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}
