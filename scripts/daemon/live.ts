import type { WorkshopEvent } from '../../model/event.ts';
import { fingerprint } from '../../runner/fingerprint.ts';
import type { LiveClinic } from '../../runner/live-clinic.ts';
import type { Runner } from '../../runner/runner.ts';
import { watchFolder } from '../../runner/watch.ts';
import type { Releasers } from '../releasers.ts';
import type { ProgressFeed } from './progress-feed.ts';
import type { Steering } from './steering.ts';

export interface LiveParts {
  readonly app: string;
  readonly feed: ProgressFeed;
  readonly steering: Steering;
  readonly runner: Runner;
  /** `null` when there is no database for it. */
  readonly clinic: LiveClinic | null;
  /** An unexpected fault of ours: said, and the workshop goes on. */
  onFault(error: unknown): void;
}

/** A save is judged and then shown in the running clinic; a step that is opened is judged from then on. */
export async function goLive(parts: LiveParts, releasers: Releasers): Promise<void> {
  const { app, feed, steering, runner, clinic, onFault } = parts;
  let seen = await fingerprint(app);
  let showing: Promise<void> = Promise.resolve();

  const show = async () => {
    const now = await fingerprint(app);
    if (now === seen) return;
    seen = now;
    await clinic?.restart();
  };
  /** The verdict first: the two would only slow each other down. One look after the other, so that none is out of date. */
  const saved = async () => {
    await runner.filesChanged();
    await (showing = showing.then(show, show));
  };
  const opened = (event: WorkshopEvent) => {
    if (event.type !== 'step.opened') return;
    judgeCurrent();
  };
  const judgeCurrent = () => {
    const step = steering.current();
    runner.setCurrent(step);
    if (step.judged) runner.check(step).catch(onFault);
  };

  const watching = await watchFolder(app, () => void saved().catch(onFault));
  const stop = feed.follow(opened);
  releasers.add(() => {
    stop();
    watching.close();
  });
  judgeCurrent();
  clinic?.restart().catch(onFault);
}
