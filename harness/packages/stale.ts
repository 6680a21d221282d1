import type { Lock } from './lock.ts';
import { type Manifest, type Ranges, type Section, SECTIONS } from './manifest.ts';
import { without } from './tree.ts';

export interface StaleEntry {
  readonly section: Section;
  readonly name: string;
  /** `null` where it is not there. */
  readonly manifest: string | null;
  readonly lock: string | null;
}

/** Where the manifest for which a lock was made is not the manifest that is there. */
export function staleEntries(manifest: Manifest, lock: Lock): StaleEntry[] {
  const own = normal(manifest.sections);
  const theirs = normal(lock.root);
  return SECTIONS.flatMap((section) => {
    const [here, there] = [own[section] ?? {}, theirs[section] ?? {}];
    const names = [...new Set([...Object.keys(here), ...Object.keys(there)])].sort();
    return names.flatMap((name) =>
      here[name] === there[name]
        ? []
        : [{ section, name, manifest: here[name] ?? null, lock: there[name] ?? null }],
    );
  });
}

type Sections = { readonly [S in Section]?: Ranges | undefined };

/** A package that is optional too is optional only: so npm reads it. */
function normal(sections: Sections): Sections {
  const { dependencies = {}, optionalDependencies = {} } = sections;
  return { ...sections, dependencies: without(dependencies, optionalDependencies) };
}
