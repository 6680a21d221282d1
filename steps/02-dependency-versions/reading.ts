import { advisoriesOf, type AdvisorySnapshot, readAdvisories } from '../../harness/packages/advisories.ts';
import { type KnownPackages, readKnownPackages } from '../../harness/packages/known.ts';
import { type Lock, readLock } from '../../harness/packages/lock.ts';
import { type Manifest, readManifest } from '../../harness/packages/manifest.ts';
import type { Reported, Run } from '../../harness/run.ts';

/** What the checks of a run read once: text only, nothing of it is installed. */
export interface Reading {
  readonly manifest: Manifest | null;
  readonly lock: Lock | null;
  /** Why one of them could not be read. */
  readonly manifestFault: Reported | null;
  readonly lockFault: Reported | null;
  readonly known: KnownPackages;
  readonly snapshot: AdvisorySnapshot;
  readonly advisories: ReturnType<typeof advisoriesOf>;
}

export function readPackages(run: Run): Promise<Reading> {
  return run.once(read);
}

async function read({ sources }: Run): Promise<Reading> {
  const manifest = readManifest(sources);
  const lock = readLock(sources);
  const snapshot = readAdvisories();
  return {
    manifest: 'fault' in manifest ? null : manifest,
    lock: 'fault' in lock ? null : lock,
    manifestFault: 'fault' in manifest ? manifest.fault : null,
    lockFault: 'fault' in lock ? lock.fault : null,
    known: readKnownPackages(),
    snapshot,
    advisories: 'fault' in lock ? new Map() : advisoriesOf(lock, snapshot),
  };
}
