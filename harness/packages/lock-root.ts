import { z } from 'zod';
import { WorkshopError } from '../../model/workshop-error.ts';
import type { Sources } from '../sources.ts';
import type { edgesOf } from './edges.ts';
import { needsNpm } from './lock-refusal.ts';
import { MANIFEST, parseJson, type Ranges, readManifest, type Section } from './manifest.ts';

export interface LockRoot {
  /** What a lock repeats of its manifest. */
  readonly root: Readonly<Record<string, unknown>>;
  readonly asking: Parameters<typeof edgesOf>[1];
  /** Overrides that hold everywhere, by name. */
  readonly forced: Ranges;
}

/** What a lock has to know of the manifest. Throws `MANIFEST_UNREADABLE`, and `LOCK_NEEDS_NPM` for what is rarely used. */
export function readLockRoot(sources: Sources): LockRoot {
  const manifest = readManifest(sources);
  const json = parseJson(sources.text(MANIFEST) ?? '');
  if ('fault' in manifest || 'problem' in json)
    throw unreadable('fault' in manifest ? manifest.fault.message : `${MANIFEST} cannot be read.`);
  const parsed = rootSchema.safeParse(json.value);
  if (!parsed.success) throw unreadable(`${MANIFEST} holds what the workshop does not understand.`);
  const { overrides = {}, workspaces, bundleDependencies, bundledDependencies, ...root } = parsed.data;
  if (workspaces !== undefined) throw needsNpm('"workspaces"');
  if (bundleDependencies !== undefined || bundledDependencies !== undefined)
    throw needsNpm('"bundleDependencies"');
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = manifest.sections;
  const twice = manifest.declared.find(({ name, section }) =>
    manifest.declared.some((other) => other.name === name && isAnother(section, other.section)),
  );
  if (twice !== undefined) throw needsNpm(`${twice.name}, which two sections ask for`);
  const asking = { ...root, dependencies, devDependencies, optionalDependencies, peerDependencies };
  return { root, asking, forced: forcedRanges(overrides, asking) };
}

/** Optional as well as needed is optional: so npm reads it. */
const isAnother = (a: Section, b: Section): boolean => {
  const isNeed = (section: Section) => section === 'dependencies' || section === 'optionalDependencies';
  return a !== b && !(isNeed(a) && isNeed(b));
};

function forcedRanges(overrides: Readonly<Record<string, unknown>>, asking: LockRoot['asking']): Ranges {
  const direct: Ranges = {
    ...asking.peerDependencies,
    ...asking.devDependencies,
    ...asking.dependencies,
    ...asking.optionalDependencies,
  };
  const forced: Record<string, string> = {};
  for (const [name, value] of Object.entries(overrides)) {
    if (typeof value !== 'string') throw needsNpm(`the override of ${name} inside of other packages`);
    if (name.lastIndexOf('@') > 0) throw needsNpm(`the override of ${name}, of some versions only`);
    const range = value.startsWith('$') ? direct[value.slice(1)] : value;
    if (range === undefined) throw contradiction(name, `${value}, and nothing of that name is asked for`);
    if (direct[name] !== undefined && direct[name] !== range)
      throw contradiction(name, `"${range}", and the manifest itself asks for "${direct[name]}"`);
    forced[name] = range;
  }
  return forced;
}

const unreadable = (message: string) =>
  new WorkshopError('MANIFEST_UNREADABLE', `${message} Nothing was written.`, {
    remedy: `Mend ${MANIFEST} (or bring it back with \`npm run undo\`), then run \`npm run lock\` again.`,
  });

const contradiction = (name: string, what: string) =>
  new WorkshopError(
    'OVERRIDE_CONTRADICTS',
    `The override of ${name} is ${what}. npm refuses that, and nothing was written.`,
    { remedy: `Make both the same in ${MANIFEST}, or write "$${name}" as the override.` },
  );

const names = z.record(z.string(), z.string()).optional();
const words = z.union([z.string(), z.array(z.string())]).optional();
const rootSchema = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  license: z.string().optional(),
  dependencies: names,
  devDependencies: names,
  optionalDependencies: names,
  peerDependencies: names,
  peerDependenciesMeta: z.record(z.string(), z.strictObject({ optional: z.boolean() })).optional(),
  bin: z.union([names, z.string()]).optional(),
  engines: names,
  os: words,
  cpu: words,
  overrides: z.record(z.string(), z.unknown()).optional(),
  workspaces: z.unknown().optional(),
  bundleDependencies: z.unknown().optional(),
  bundledDependencies: z.unknown().optional(),
});
