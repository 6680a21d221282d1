import { z } from 'zod';
import type { Reported } from '../run.ts';
import type { Sources } from '../sources.ts';
import { parseJson, SECTIONS } from './manifest.ts';

/** A lock file of npm: every package that an install puts on disk, by its folder. */
export interface Lock {
  /** `app/package-lock.json`, or the shrinkwrap that npm prefers to it. */
  readonly file: string;
  readonly root: LockEntry;
  /** By folder: `node_modules/express`, `node_modules/send/node_modules/ms`. Without the root. */
  readonly packages: ReadonlyMap<string, LockEntry>;
  lineOf(folder: string): number;
}

export type LockEntry = z.infer<typeof entrySchema>;

/** Reads the lock; what npm could not use is handed back as a finding. */
export function readLock(sources: Sources): Lock | { readonly fault: Reported } {
  const file = FILES.find((path) => sources.text(path) !== null);
  const text = file === undefined ? null : sources.text(file);
  if (file === undefined || text === null) return { fault: missing(sources) };
  const json = parseJson(text);
  if ('problem' in json) return { fault: unreadable(file, json.problem) };
  const parsed = lockSchema.safeParse(json.value);
  if (!parsed.success) return { fault: unreadable(file, reasonOf(json.value, parsed.error)) };
  const { '': root, ...packages } = parsed.data.packages;
  if (root === undefined)
    return { fault: unreadable(file, 'it does not say for which manifest it was made') };
  return {
    file,
    root,
    packages: new Map(Object.entries(packages)),
    lineOf(folder) {
      const at = text.indexOf(`"${folder}"`);
      return at < 0 ? 1 : text.slice(0, at).split('\n').length;
    },
  };
}

/** `node_modules/a/node_modules/@b/c` holds `@b/c`. */
export function nameAt(folder: string, entry: LockEntry): string {
  return entry.name ?? folder.slice(folder.lastIndexOf(FOLDER) + FOLDER.length);
}

/** The folder in which Node finds a package that is asked for from another folder; `null` when there is none. */
export function resolveFrom(lock: Lock, from: string, name: string): string | null {
  for (let at: string | null = from; at !== null; at = above(at)) {
    const folder = folderIn(at, name);
    if (lock.packages.has(folder)) return folder;
  }
  return null;
}

/** Where a package stands when it stands in the `node_modules` of `at`. */
export const folderIn = (at: string, name: string): string => `${at === '' ? '' : `${at}/`}${FOLDER}${name}`;

/** The folder whose `node_modules` this folder stands in: `''` is the root's, and above it there is none. */
export function above(folder: string): string | null {
  return folder === '' ? null : folder.slice(0, Math.max(0, folder.lastIndexOf(`/${FOLDER}`)));
}

function missing(sources: Sources): Reported {
  const other = OTHERS.find(([file]) => sources.text(file) !== null);
  if (other === undefined)
    return {
      ruleId: 'versions/no-lock',
      message: `${LOCK} is missing: two installs can differ.`,
      tried: `Look for ${FILES.join(' or ')}.`,
      expected:
        'A lock that names every package of the tree with its version and its hash: npm writes it, or npm run lock.',
      observed: 'Neither is there.',
      why: 'Ranges in a manifest leave the choice to the day of the install. The lock is where the choice is kept.',
      location: { file: 'app/package.json' },
    };
  const [file, tool] = other;
  return {
    ruleId: 'versions/foreign-lock',
    message: `${file} is a lock of ${tool}, and this repository uses npm.`,
    tried: `Look for ${FILES.join(' or ')}.`,
    expected: `A lock of npm: the Dockerfile and everybody who works on the clinic install with npm, which does not read ${file}.`,
    observed: `Only ${file} is there.`,
    why: 'A lock that the install does not read holds nothing still.',
    location: { file },
  };
}

function unreadable(file: string, problem: string): Reported {
  return {
    ruleId: 'versions/lock-unreadable',
    message: `${file} cannot be used as a lock: ${problem}.`,
    tried: `Read ${file} as npm does.`,
    expected: 'JSON with lockfileVersion 2 or 3 and a list of packages, as npm 7 and newer write it.',
    observed: `${problem}.`,
    location: { file },
  };
}

function reasonOf(value: unknown, error: z.ZodError): string {
  const old = z.object({ lockfileVersion: z.literal(1) }).safeParse(value).success;
  if (old) return 'its lockfileVersion is 1, which npm 6 wrote and which lacks half of the tree';
  const [issue] = error.issues;
  return `${issue?.path.join(' → ') ?? 'it'}: ${issue?.message ?? 'not understood'}`;
}

const FOLDER = 'node_modules/';
const LOCK = 'app/package-lock.json';
const FILES = ['app/npm-shrinkwrap.json', LOCK] as const;
const OTHERS = [
  ['app/pnpm-lock.yaml', 'pnpm'],
  ['app/yarn.lock', 'Yarn'],
  ['app/bun.lock', 'Bun'],
  ['app/bun.lockb', 'Bun'],
] as const;

const ranges = z.record(z.string(), z.string()).optional();
const entrySchema = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  resolved: z.unknown().optional(),
  integrity: z.string().optional(),
  link: z.boolean().optional(),
  inBundle: z.boolean().optional(),
  bundleDependencies: z.unknown().optional(),
  dev: z.boolean().optional(),
  bin: z.union([ranges, z.string()]).optional(),
  os: z.array(z.string()).optional(),
  cpu: z.array(z.string()).optional(),
  libc: z.array(z.string()).optional(),
  ...(Object.fromEntries(SECTIONS.map((section) => [section, ranges])) as Record<
    (typeof SECTIONS)[number],
    typeof ranges
  >),
  peerDependenciesMeta: z.record(z.string(), z.object({ optional: z.boolean().optional() })).optional(),
});
const lockSchema = z.object({
  lockfileVersion: z.union([z.literal(2), z.literal(3)]),
  packages: z.record(z.string(), entrySchema),
});
