import { z } from 'zod';
import { absolute, read } from './filesystem.ts';
import type { Machine } from './machine.ts';

const names = z.record(z.string(), z.string()).default({});
const manifestSchema = z.object({
  scripts: names,
  dependencies: names,
  devDependencies: names,
  optionalDependencies: names,
});
const peers = z.record(z.string(), z.object({ optional: z.boolean().default(false) })).default({});
const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      dependencies: names,
      optionalDependencies: names,
      peerDependencies: names,
      peerDependenciesMeta: peers,
    }),
  ),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** package.json of the folder the command runs in; `null` when there is none that can be read. */
export function readManifest(machine: Machine): Manifest | null {
  const parsed = manifestSchema.safeParse(readJson(machine, 'package.json'));
  return parsed.success ? parsed.data : null;
}

/** The folders that npm fills, from the lock: what the wanted dependencies need, and what those need. */
export function installedPackages(
  machine: Machine,
  manifest: Manifest,
  withoutDev: boolean,
): { readonly paths: readonly string[]; readonly problem: string | null } {
  const wanted = {
    ...manifest.dependencies,
    ...manifest.optionalDependencies,
    ...(withoutDev ? {} : manifest.devDependencies),
  };
  const direct = Object.keys(wanted);
  const parsed = lockSchema.safeParse(readJson(machine, 'package-lock.json'));
  if (!parsed.success) {
    const problem = `there is no package-lock.json in ${machine.folder}`;
    return { paths: direct.map((name) => `node_modules/${name}`), problem };
  }
  const { packages } = parsed.data;
  const found = new Set<string>();
  const visit = (from: string, name: string) => {
    const path = place(packages, from, name);
    if (path === null || found.has(path)) return;
    found.add(path);
    const entry = packages[path];
    // An optional peer is used when it is there, and never brings itself.
    const needed = Object.keys(entry?.peerDependencies ?? {}).filter(
      (each) => entry?.peerDependenciesMeta[each]?.optional !== true,
    );
    for (const each of [
      ...Object.keys({ ...entry?.dependencies, ...entry?.optionalDependencies }),
      ...needed,
    ])
      visit(path, each);
  };
  for (const name of direct) visit('', name);
  const all = Object.keys({ ...wanted, ...manifest.devDependencies });
  const absent = all.find((name) => packages[`node_modules/${name}`] === undefined);
  const problem =
    absent === undefined ? null : `package-lock.json does not hold "${absent}", which package.json asks for`;
  return { paths: [...found], problem };
}

/** Where Node would find it: in the own node_modules, else in one above. */
function place(packages: Readonly<Record<string, unknown>>, from: string, name: string): string | null {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (packages[path] !== undefined) return path;
    if (folder === '') return null;
  }
}

function readJson(machine: Machine, name: string): unknown {
  try {
    return JSON.parse(read(machine, absolute(machine, name))?.bytes?.toString('utf8') ?? 'null');
  } catch {
    return null;
  }
}
