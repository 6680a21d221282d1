import type { KnownPackage } from './known.ts';
import type { Ranges } from './manifest.ts';
import { unaliased } from './ranges.ts';
import { without } from './tree.ts';

/** One package asking for another, as npm counts it. */
export interface Edge {
  /** The folder that asks: `''` for the clinic. */
  readonly from: string;
  /** The name under which it is to be found. */
  readonly as: string;
  /** The package's own name: another one for an alias. */
  readonly name: string;
  readonly range: string;
  readonly kind: 'needed' | 'development' | 'optional' | 'peer' | 'optional-peer';
}

type Asking = Pick<
  KnownPackage,
  'dependencies' | 'optionalDependencies' | 'peerDependencies' | 'peerDependenciesMeta'
> & { readonly devDependencies?: Ranges };

/** What a package asks for, by name. `forced` are the overrides: they take the place of what a package says. */
export function edgesOf(from: string, asking: Asking, forced: Ranges): readonly Edge[] {
  const optional = asking.optionalDependencies ?? {};
  const isSoft = (name: string) => asking.peerDependenciesMeta?.[name]?.optional === true;
  const all = (ranges: Ranges, kindOf: (name: string) => Edge['kind']) =>
    Object.entries(ranges).map(([as, range]): Edge => {
      const { name, wanted } = unaliased(forced[as] ?? range);
      return { from, as, name: name ?? as, range: wanted, kind: kindOf(as) };
    });
  return [
    ...all(without(asking.dependencies ?? {}, optional), () => 'needed'),
    ...all(asking.devDependencies ?? {}, () => 'development'),
    ...all(optional, () => 'optional'),
    ...all(asking.peerDependencies ?? {}, (name) => (isSoft(name) ? 'optional-peer' : 'peer')),
  ].sort((a, b) => inOrder(a.as, b.as));
}

/** npm's order of names, in every language the same. */
export const inOrder = (a: string, b: string): number => a.localeCompare(b, 'en');
