import { type JudgedBuild, judgeBuilds, type JudgedBuilds } from '../../harness/layers/judged-builds.ts';
import { findLeaks, type Leak } from '../../harness/layers/leaks.ts';
import type { Run } from '../../harness/run.ts';

/** The learner's images with fresh values in `.secrets`, modelled once for all checks of a run. */
export async function images(run: Run): Promise<JudgedBuilds> {
  return judgeBuilds(run.sources, run.random, PLANTING);
}

/** The same images with the values as they stand, for commands that a learner can type. */
export async function imagesAsTheyStand(run: Run): Promise<JudgedBuilds> {
  return judgeBuilds(run.sources, null, PLANTING);
}

export interface Leaking {
  readonly build: JudgedBuild;
  readonly leaks: readonly Leak[];
}

export async function leaking(run: Run): Promise<readonly Leaking[]> {
  const { builds } = await run.once(images);
  return builds.map((build) => ({ build, leaks: findLeaks(build.model) }));
}

const PLANTING = {
  probes: {},
  // As shipped in `.secrets`: whoever moves one of them to another file has it refused there as well.
  shipped: new Map([
    ['SMS_GATEWAY_TOKEN', 'fake-sms-token-4f1d9c7e2b8a4c60'],
    ['BACKUP_BUCKET_KEY', 'fake-backup-key-91b7e3d05a6f48c2'],
  ]),
};
