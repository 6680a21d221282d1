import type { Evidence } from '../../../model/evidence.ts';
import { sumOf } from './axis.ts';

export type Package = Extract<Evidence, { kind: 'dependencies' }>['packages'][number];

/** A package that the manifest asks for, with all that comes along with it. */
export interface Branch {
  readonly root: Package;
  /** Without the root, largest first, those with advisories before all others. */
  readonly along: readonly Package[];
  readonly bytes: number;
  /** Nothing that was read asks for it. */
  readonly isStray: boolean;
}

/**
 * What is unsafe first, then what is unused. Each package once: with the direct one that asks for it first, used ones before unused, so that an unused branch is
 * what would be gone without it. What nobody asks for stands last, each alone.
 */
export function branchesOf(packages: readonly Package[]): Branch[] {
  const byName = new Map<string, Package[]>();
  for (const one of packages) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  const taken = new Set<Package>();
  const directs = packages.filter(({ direct }) => direct);
  for (const root of directs) taken.add(root);
  const branch = (root: Package): Branch => {
    taken.add(root);
    const along: Package[] = [];
    const queue = [root];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      for (const name of next.requires)
        for (const one of byName.get(name) ?? []) {
          if (taken.has(one)) continue;
          taken.add(one);
          along.push(one);
          queue.push(one);
        }
    }
    along.sort(
      (a, b) =>
        Number(isAdvised(b)) - Number(isAdvised(a)) || b.bytes - a.bytes || (a.name < b.name ? -1 : 1),
    );
    return { root, along, bytes: root.bytes + sumOf(along.map(({ bytes }) => bytes)), isStray: false };
  };
  const used = directs.filter((one) => one.used).map(branch);
  const unused = directs.filter((one) => !one.used).map(branch);
  const alone = packages
    .filter((one) => !taken.has(one))
    .map((root) => ({ root, along: [], bytes: root.bytes, isStray: true }));
  const bySize = (a: Branch, b: Branch) => hasAdvised(b) - hasAdvised(a) || b.bytes - a.bytes;
  const [unsafe, sound] = [used.filter(hasAdvised), used.filter((one) => !hasAdvised(one))];
  return [unsafe, unused, sound, alone].flatMap((group) => group.sort(bySize));
}

export const isAdvised = ({ advisories }: Package): boolean => advisories.length > 0;
const hasAdvised = ({ root, along }: Branch): number => [root, ...along].filter(isAdvised).length;
