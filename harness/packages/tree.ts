import semver from 'semver';
import { type Lock, nameAt, resolveFrom } from './lock.ts';
import type { Manifest, Ranges } from './manifest.ts';
import { unaliased } from './ranges.ts';

/** Somebody who needs a package: the clinic itself (`''`) or the package in a folder of the lock. */
export interface Need {
  readonly from: string;
  readonly name: string;
  readonly range: string;
}

export interface DependencyTree {
  /** Folders that the clinic needs, directly or not. */
  readonly reached: ReadonlySet<string>;
  /** Those of them that it needs when it runs. */
  readonly production: ReadonlySet<string>;
  /** Needs for which the lock has no package. */
  readonly missing: readonly Need[];
  /** Needs for which the lock has another version than was asked for. */
  readonly unsatisfied: readonly (Need & { readonly folder: string; readonly version: string })[];
}

/** Walks from the manifest along what each package of the lock needs. */
export function walkTree(manifest: Manifest, lock: Lock): DependencyTree {
  const missing: Need[] = [];
  const unsatisfied: (Need & { folder: string; version: string })[] = [];
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = manifest.sections;

  function follow(reached: Set<string>, from: string, needs: Ranges, lenient: boolean, peers = false): void {
    for (const [name, range] of Object.entries(needs)) {
      const folder = resolveFrom(lock, from, name);
      const entry = folder === null ? undefined : lock.packages.get(folder);
      if (folder === null || entry === undefined) {
        if (!lenient) missing.push({ from, name, range });
        continue;
      }
      const version = entry.version ?? '';
      if (!satisfies(manifest, { name, range, found: nameAt(folder, entry) }, peers ? null : version))
        unsatisfied.push({ from, name, range, folder, version });
      if (reached.has(folder)) continue;
      reached.add(folder);
      const { optionalDependencies: optional = {}, peerDependenciesMeta: meta = {} } = entry;
      follow(reached, folder, without(entry.dependencies ?? {}, optional), false);
      follow(reached, folder, optional, true);
      const isOptional = (peer: string) => meta[peer]?.optional === true;
      const [soft, hard] = split(entry.peerDependencies ?? {}, isOptional);
      follow(reached, folder, hard, false, true);
      follow(reached, folder, soft, true, true);
    }
  }
  const production = new Set<string>();
  follow(production, '', without(dependencies, optionalDependencies), false);
  follow(production, '', optionalDependencies, true);
  const reached = new Set(production);
  follow(reached, '', devDependencies, false);
  follow(reached, '', peerDependencies, false, true);
  return { reached, production, missing: distinct(missing), unsatisfied: distinct(unsatisfied) };
}

/** An override is as good as the range that it replaces. Without a version, only the package's own name counts. */
function satisfies(
  manifest: Manifest,
  { name, range, found }: { readonly name: string; readonly range: string; readonly found: string },
  version: string | null,
): boolean {
  const forced = manifest.overrides.filter((one) => one.name === name).map((one) => one.range);
  return [range, ...forced].some((one) => {
    const { name: own, wanted } = unaliased(one);
    if (found !== (own ?? name)) return false;
    // A range that is none is the manifest's own fault, and is said there.
    return (
      version === null ||
      semver.validRange(wanted) === null ||
      semver.satisfies(version, wanted, { loose: true })
    );
  });
}

export const without = (ranges: Ranges, others: Ranges): Ranges => split(ranges, (name) => name in others)[1];

function split(ranges: Ranges, test: (name: string) => boolean): [Ranges, Ranges] {
  const entries = Object.entries(ranges);
  return [
    Object.fromEntries(entries.filter(([name]) => test(name))),
    Object.fromEntries(entries.filter(([name]) => !test(name))),
  ];
}

function distinct<T extends Need>(needs: readonly T[]): T[] {
  return [...new Map(needs.map((need) => [`${need.from} ${need.name} ${need.range}`, need])).values()];
}
