import { join } from 'node:path';
import { sweepSlots } from '../../clinic/scratch-slot.ts';
import { startGuide } from '../../docs/start-guide.ts';
import { compiledFolder } from '../../launch/compiled-folder.ts';
import type { LiveClinicState } from '../../runner/live-clinic.ts';
import { openWorkspace } from '../../store/workspace/workspace.ts';
import type { OpenedDatabase } from '../database-access.ts';
import type { Releasers } from '../releasers.ts';
import { openWorkshop, type Workshop } from '../workshop.ts';
import { chooseAddresses } from './addresses.ts';
import { endBrokenRuns } from './end-broken-runs.ts';
import { createGuideSource } from './guide-source.ts';
import { goLive } from './live.ts';
import { claimFolder } from './only-one.ts';
import { createProgressFeed, type ProgressFeed } from './progress-feed.ts';
import { createSteering, type Steering } from './steering.ts';

export interface DaemonOptions {
  readonly root: string;
  readonly environment: NodeJS.ProcessEnv;
  /** 0 takes a free one. */
  readonly port: number;
  readonly appPort: number;
  /** A step to open, by number or slug. */
  readonly step: string | undefined;
  /** The database that `--database` names. */
  readonly wished: string | undefined;
  say(line: string): void;
  onClinic(state: LiveClinicState): void;
  onFault(error: unknown): void;
}

export interface Daemon {
  readonly workshop: Workshop;
  readonly feed: ProgressFeed;
  readonly steering: Steering;
  readonly guideUrl: string;
  readonly clinicUrl: string;
  /** Resolves when judge and clinic are at work, with what PostgreSQL they got. */
  readonly ready: Promise<OpenedDatabase>;
}

/** Everything of `npm start` but the terminal. The guide answers at once; database, judge and clinic come when they can. */
export async function startDaemon(options: DaemonOptions, releasers: Releasers): Promise<Daemon> {
  const { root, environment, say, onFault } = options;
  const claim = await claimFolder(root, releasers);
  const workshop = await openWorkshop(root, releasers);
  const workspace = await openWorkspace({ root });
  const feed = createProgressFeed(workshop.journal, workshop.progress);
  releasers.add(() => feed.close());
  await endBrokenRuns(workshop);
  for (const home of ['judge', 'live']) await sweepSlots(join(root, '.workshop', 'scratch', home));

  const addresses = await chooseAddresses(options, releasers);
  const { clinicUrl } = addresses;
  let begin: () => void = () => undefined;
  const listening = new Promise<void>((resolve) => (begin = resolve));
  // Loaded when the guide listens already: its first page is there sooner than a database's driver.
  const machinery = listening
    .then(() => import('./machinery.ts'))
    .then(({ openMachinery }) =>
      openMachinery(
        {
          root,
          environment,
          wished: options.wished,
          say,
          workshop,
          feed,
          clinicPort: addresses.clinicPort,
          onClinic: (state) =>
            options.onClinic(state.state === 'running' ? { ...state, url: clinicUrl } : state),
        },
        releasers,
      ),
    );
  const runner = machinery.then((parts) => parts.runner);
  // Whoever asks for it is told; until then nobody may be.
  runner.catch(() => undefined);
  const steering = createSteering({ workshop, workspace, runner, progress: feed.progress });
  // Said in the journal, so that terminal and guide mean the same step, and a pass does not move on by itself.
  const wished = options.step ?? (workshop.progress.current === null ? steering.current().slug : null);
  if (wished !== null) await steering.open(wished);

  const source = createGuideSource({ workshop, workspace, feed, steering, clinicUrl, environment });
  const folder = compiledFolder();
  const pagesFolder = folder === null ? null : join(folder, 'pages');
  const guide = await startGuide(source, { port: addresses.guidePort, pagesFolder });
  releasers.add(() => guide.close());
  const guideUrl = addresses.guideUrl(guide.url);
  await claim.announce({ guide: guideUrl, clinic: clinicUrl });

  const ready = (async () => {
    begin();
    const { opened, clinic } = await machinery;
    await goLive({ app: workshop.app, feed, steering, runner: await runner, clinic, onFault }, releasers);
    return opened;
  })();
  // What is still being opened when everything closes is waited for, and then closed as well.
  releasers.add(() => ready.catch(() => undefined));
  return { workshop, feed, steering, guideUrl, clinicUrl, ready };
}
