import type { Sources } from '../sources.ts';
import { hashFaults } from './hashes.ts';
import type { KnownPackages } from './known.ts';
import { readLock } from './lock.ts';
import { readManifest } from './manifest.ts';
import { staleEntries } from './stale.ts';
import { walkTree } from './tree.ts';

export interface LockFaults {
  /** The lock that was looked at; `null` when there is none that npm could read. */
  readonly file: string | null;
  /** One sentence each; empty for a lock that fits. */
  readonly faults: readonly string[];
}

/** Whether a lock belongs to its manifest, names the whole tree, and has the hashes of what was published. */
export function lockFaults(sources: Sources, known: KnownPackages): LockFaults {
  const manifest = readManifest(sources);
  const lock = readLock(sources);
  if ('fault' in manifest) return { file: null, faults: [manifest.fault.message] };
  if ('fault' in lock) return { file: null, faults: [lock.fault.message] };
  const stale = staleEntries(manifest, lock).map(
    ({ section, name, manifest: wanted, lock: locked }) =>
      `${section} ${name}: the manifest says ${wanted ?? 'nothing'}, the lock ${locked ?? 'nothing'}.`,
  );
  // A lock of another manifest has holes and leftovers as well; one cause is said once.
  if (stale.length > 0) return { file: lock.file, faults: stale };
  const { missing, unsatisfied, reached } = walkTree(manifest, lock);
  const who = (from: string) => (from === '' ? 'the manifest' : from);
  return {
    file: lock.file,
    faults: [
      ...missing.map(({ from, name, range }) => `${name} ${range} is missing, for ${who(from)}.`),
      ...unsatisfied.map(
        ({ from, range, folder, version }) => `${folder} is ${version}, and ${who(from)} asks for ${range}.`,
      ),
      ...[...lock.packages.keys()]
        .filter((folder) => !reached.has(folder))
        .map((folder) => `Nothing asks for ${folder}.`),
      ...hashFaults(lock, known).map(
        ({ id, expected, observed }) => `${id}: ${observed} Expected: ${expected}`,
      ),
    ],
  };
}
