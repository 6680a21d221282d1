import { createJudge } from '../../runner/judge.ts';
import { createLiveClinic, type LiveClinic, type LiveClinicState } from '../../runner/live-clinic.ts';
import { createRunner, type Runner } from '../../runner/runner.ts';
import { type DatabaseWish, openDatabase, type OpenedDatabase } from '../database-access.ts';
import type { Releasers } from '../releasers.ts';
import type { Workshop } from '../workshop.ts';
import type { ProgressFeed } from './progress-feed.ts';

export interface MachineryParts extends DatabaseWish {
  readonly workshop: Workshop;
  readonly feed: ProgressFeed;
  readonly clinicPort: number;
  onClinic(state: LiveClinicState): void;
}

/** What the guide can do without for a moment: database, judge, runner and the clinic in the browser. */
export interface Machinery {
  readonly opened: OpenedDatabase;
  readonly runner: Runner;
  /** `null` when there is no database for it. */
  readonly clinic: LiveClinic | null;
}

export async function openMachinery(parts: MachineryParts, releasers: Releasers): Promise<Machinery> {
  const { root, workshop, feed, clinicPort: port, onClinic: onState } = parts;
  const { app, catalogue, journal } = workshop;
  const opened = await openDatabase(parts, releasers);
  const judge = createJudge({ root, database: opened.forJudge });
  releasers.add(() => judge.close());
  const record = journal.append.bind(journal);
  const runner = createRunner({ catalogue, judge, app, record, progress: feed.progress });
  releasers.add(() => runner.close());
  const { address } = opened;
  const clinic = address === null ? null : createLiveClinic({ root, app, address, port, onState });
  if (clinic !== null) releasers.add(() => clinic.close());
  return { opened, runner, clinic };
}
