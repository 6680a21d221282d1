import semver from 'semver';
import type { KnownPackage, KnownPackages } from './known.ts';

/** A published version by its own name, whatever name it is asked for under. */
export interface Published {
  readonly name: string;
  readonly version: string;
  readonly described: KnownPackage;
}

/** The known packages by name. */
export interface Shelf {
  /** The newest version in a range, one that is not deprecated before one that is; `null` when none is known. */
  newest(name: string, range: string): Published | null;
  /** Newest first; empty for a package that is not known at all. */
  versions(name: string): readonly string[];
}

export function createShelf({ packages }: KnownPackages): Shelf {
  const byName = new Map<string, Published[]>();
  for (const [id, described] of Object.entries(packages)) {
    const at = id.lastIndexOf('@');
    const published = { name: id.slice(0, at), version: id.slice(at + 1), described };
    const others = byName.get(published.name);
    if (others === undefined) byName.set(published.name, [published]);
    else others.push(published);
  }
  for (const list of byName.values()) list.sort((a, b) => semver.rcompare(a.version, b.version));
  return {
    newest(name, range) {
      const fitting = (byName.get(name) ?? []).filter((one) => isIn(one.version, range));
      return fitting.find((one) => one.described.deprecated !== true) ?? fitting[0] ?? null;
    },
    versions: (name) => (byName.get(name) ?? []).map(({ version }) => version),
  };
}

/** As npm reads a range: loosely. */
export const isIn = (version: string, range: string): boolean =>
  semver.satisfies(version, range, { loose: true });
