import { z } from 'zod';
import type { Edge } from './edges.ts';
import type { KnownPackages } from './known.ts';
import { foundBy, type InstallPlan } from './plan-install.ts';
import { parseJson, SECTIONS } from './manifest.ts';
import type { Published } from './shelf.ts';

/** What npm says of a version beyond what the table of known packages holds, by `name@version`. */
export type Remarks = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/** A lock of version 3, as npm writes it: the same plan gives the same bytes. */
export function lockText(
  root: Readonly<Record<string, unknown>>,
  plan: InstallPlan,
  remarks: Remarks,
): string {
  const marks = createMarks(plan);
  const folders = [...plan.placed].sort(([a], [b]) => a.localeCompare(b, 'en'));
  const { name, version } = root;
  const lock = {
    name,
    version,
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': inOrder({ ...root, ...sortedSections(root) }),
      ...Object.fromEntries(
        folders.map(([folder, one]) => [
          folder,
          inOrder({
            ...remarks.get(`${one.name}@${one.version}`),
            ...entryOf(folder, one),
            ...marks(folder),
          }),
        ]),
      ),
    },
  };
  return `${JSON.stringify(lock, null, 2)}\n`;
}

/** Licences and the like, of those entries of an older lock that are what was published. They would be missed in the diff. */
export function remarksOf(text: string | null, known: KnownPackages): Remarks {
  const json = text === null ? { problem: 'none' } : parseJson(text);
  const parsed = remarkedSchema.safeParse('value' in json ? json.value : null);
  const remarks = new Map<string, Readonly<Record<string, unknown>>>();
  if (!parsed.success) return remarks;
  for (const [folder, { name, version, integrity, ...remark }] of Object.entries(parsed.data.packages)) {
    const id = `${name ?? folder.slice(folder.lastIndexOf('node_modules/') + 13)}@${version ?? ''}`;
    if (integrity !== undefined && known.packages[id]?.integrity === integrity) remarks.set(id, remark);
  }
  return remarks;
}

function entryOf(folder: string, { name, version, described }: Published): Record<string, unknown> {
  const { bytes: _, deprecated: __, bin, ...rest } = described;
  return {
    ...(folder.endsWith(`node_modules/${name}`) ? {} : { name }),
    version,
    ...rest,
    ...sortedSections(rest),
    ...(bin === undefined ? {} : { bin: withoutDots(bin) }),
  };
}

/**
 * `dev`, `optional`, `peer`: no way leads to a package but through such a need. `devOptional`: every way leads through
 * the one or the other.
 */
function createMarks(plan: InstallPlan): (folder: string) => Record<string, true> {
  const reach = (follows: (edge: Edge) => boolean): ReadonlySet<string> => {
    const reached = new Set<string>();
    const queue = [''];
    for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
      for (const edge of plan.edges.get(folder) ?? []) {
        const found = follows(edge) ? foundBy(plan.placed, edge) : null;
        if (found === null || reached.has(found)) continue;
        reached.add(found);
        queue.push(found);
      }
    }
    return reached;
  };
  const isDevelopment = ({ kind }: Edge) => kind === 'development';
  const isOptional = ({ kind }: Edge) => kind === 'optional' || kind === 'optional-peer';
  const isPeer = ({ kind }: Edge) => kind === 'peer' || kind === 'optional-peer';
  const running = reach((edge) => !isDevelopment(edge));
  const certain = reach((edge) => !isOptional(edge));
  const asked = reach((edge) => !isPeer(edge));
  const always = reach((edge) => !isDevelopment(edge) && !isOptional(edge));
  return (folder) => {
    const [dev, optional] = [!running.has(folder), !certain.has(folder)];
    return {
      ...(dev ? { dev: true } : {}),
      ...(optional ? { optional: true } : {}),
      ...(!dev && !optional && !always.has(folder) ? { devOptional: true } : {}),
      ...(asked.has(folder) ? {} : { peer: true }),
    };
  };
}

/** npm's order: name, version and hash, then what is said in a word or a list, then what is named. */
function inOrder(entry: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const rank = ([key, value]: [string, unknown]) => {
    const first = FIRST.indexOf(key);
    if (first >= 0) return first;
    return typeof value === 'object' && !Array.isArray(value) ? FIRST.length + 1 : FIRST.length;
  };
  const entries = Object.entries(entry).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.sort((a, b) => rank(a) - rank(b) || a[0].localeCompare(b[0], 'en')));
}

/** npm writes the names of each section in their order, whatever the manifest's is. */
function sortedSections(root: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    SECTIONS.flatMap((section) => {
      const ranges = root[section];
      return typeof ranges === 'object' && ranges !== null ? [[section, inOrder({ ...ranges })]] : [];
    }),
  );
}

/** Where a program stands: npm locks `dist/cli.mjs` for `./dist/cli.mjs`. */
const withoutDots = (bin: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(bin).map(([name, file]) => [name, file.replace(/^\.\//, '')]));

const remarkedSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      name: z.string().optional(),
      version: z.string().optional(),
      integrity: z.string().optional(),
      license: z.unknown().optional(),
      funding: z.unknown().optional(),
      deprecated: z.unknown().optional(),
    }),
  ),
});
const FIRST = ['name', 'version', 'resolved', 'integrity'];
