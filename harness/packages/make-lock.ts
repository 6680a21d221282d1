import type { Sources } from '../sources.ts';
import type { KnownPackages } from './known.ts';
import { readLock } from './lock.ts';
import { cannotPlan } from './lock-refusal.ts';
import { readLockRoot } from './lock-root.ts';
import { lockText, remarksOf } from './lock-text.ts';
import { planInstall } from './plan-install.ts';
import { createShelf } from './shelf.ts';

export interface MadeLock {
  /** `app/package-lock.json`, or the shrinkwrap where there is one: npm writes to it as well. */
  readonly file: string;
  readonly text: string;
  /** What the manifest asks for, with the version that was chosen. */
  readonly chosen: readonly { readonly name: string; readonly range: string; readonly version: string }[];
  /** Packages in the lock. */
  readonly count: number;
}

/**
 * The lock that npm would write for the manifest if its registry held the known packages and nothing else.
 * Throws `MANIFEST_UNREADABLE`, `LOCK_NEEDS_NPM` for what only npm works out, and `PACKAGE_UNKNOWN` for packages and
 * versions that are not among the known.
 */
export function makeLock(sources: Sources, known: KnownPackages): MadeLock {
  const { root, asking, forced } = readLockRoot(sources);
  const shelf = createShelf(known);
  const plan = planInstall(asking, shelf, forced);
  const [refused, ...others] = plan.refused;
  if (refused !== undefined) throw cannotPlan([refused, ...others], shelf, known.date);
  const old = readLock(sources);
  const file = 'fault' in old ? 'app/package-lock.json' : old.file;
  return {
    file,
    text: lockText(root, plan, remarksOf(sources.text(file), known)),
    chosen: (plan.edges.get('') ?? []).flatMap(({ as, range }) => {
      const placed = plan.placed.get(`node_modules/${as}`);
      return placed === undefined ? [] : [{ name: as, range, version: placed.version }];
    }),
    count: plan.placed.size,
  };
}
