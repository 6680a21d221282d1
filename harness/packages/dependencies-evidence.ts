import type { Evidence } from '../run.ts';
import type { Advisory } from './advisories.ts';
import type { KnownPackages } from './known.ts';
import { type Lock, type LockEntry, nameAt, resolveFrom } from './lock.ts';
import type { Manifest, Ranges } from './manifest.ts';

/**
 * The tree as the X-ray draws it: what an install in the clinic's container (Linux, x64, glibc) puts on disk.
 * `used` is what something used leads to. A size that nobody knows offline is 0.
 */
export function dependenciesEvidence(
  { manifest, lock, known }: { manifest: Manifest; lock: Lock; known: KnownPackages },
  unused: ReadonlySet<string>,
  advisories: ReadonlyMap<string, readonly Advisory[]>,
): Evidence {
  const direct = new Map(manifest.declared.map(({ name }) => [resolveFrom(lock, '', name), name]));
  const used = reach(
    lock,
    [...direct].flatMap(([folder, name]) => (unused.has(name) ? [] : (folder ?? []))),
  );
  return {
    kind: 'dependencies',
    packages: [...lock.packages]
      .filter(([, entry]) => isForContainer(entry))
      .map(([folder, entry]) => {
        const name = nameAt(folder, entry);
        const version = entry.version ?? '';
        return {
          name,
          version,
          bytes: known.packages[`${name}@${version}`]?.bytes ?? 0,
          direct: direct.has(folder),
          used: used.has(folder),
          advisories: (advisories.get(folder) ?? []).map(({ id }) => id),
          requires: Object.keys(needsOf(entry)),
        };
      }),
  };
}

function reach(lock: Lock, from: readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const queue = [...from];
  for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
    const entry = lock.packages.get(folder);
    if (reached.has(folder) || entry === undefined) continue;
    reached.add(folder);
    for (const name of Object.keys({ ...needsOf(entry), ...entry.peerDependencies }))
      queue.push(resolveFrom(lock, folder, name) ?? '');
  }
  return reached;
}

const needsOf = (entry: LockEntry): Ranges => ({ ...entry.dependencies, ...entry.optionalDependencies });

function isForContainer({ os, cpu, libc }: LockEntry): boolean {
  return allows(os, 'linux') && allows(cpu, 'x64') && allows(libc, 'glibc');
}

/** npm's lists: `['linux']` is for Linux only, `['!win32']` is for all but Windows. */
function allows(list: readonly string[] | undefined, own: string): boolean {
  if (list === undefined || list.includes('any')) return true;
  if (list.includes(`!${own}`)) return false;
  return list.includes(own) || list.every((word) => word.startsWith('!'));
}
