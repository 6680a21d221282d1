import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import semver from 'semver';
import { z } from 'zod';
import type { KnownPackage } from '../../../harness/packages/known.ts';
import { WorkshopError } from '../../../model/workshop-error.ts';
import { parseCommandLine } from '../../command-line.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { workshopRoot } from '../../workshop-root.ts';

/** Asks npm's registry for the versions that step 2 knows, and writes `fixtures/known-packages.json`. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { help } = parseCommandLine(args, GRAMMAR);
  if (help) return (terminal.out(USAGE), 0);
  const root = workshopRoot();
  const found = new Map<string, KnownPackage>();
  const registry = await createRegistry();
  let wanted = [...SEEDS, ...(await shippedVersions(root))];
  while (wanted.length > 0) {
    const next = new Set<string>();
    await inTurns(wanted, async (spec) => {
      for (const [id, one] of await registry.versions(spec)) {
        if (found.has(id)) continue;
        found.set(id, one);
        const needs = { ...one.dependencies, ...one.optionalDependencies, ...requiredPeers(one) };
        for (const [name, range] of Object.entries(needs)) next.add(`${name}@${range}`);
      }
    });
    wanted = [...next];
  }
  const packages = Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
  const file = join(root, 'fixtures', 'known-packages.json');
  const lines = Object.entries(packages).map(
    ([id, one]) => `    ${JSON.stringify(id)}: ${JSON.stringify(one)}`,
  );
  const date = new Date().toISOString().slice(0, 10);
  await writeFile(file, `{\n  "date": "${date}",\n  "packages": {\n${lines.join(',\n')}\n  }\n}\n`);
  terminal.out(`Wrote fixtures/known-packages.json: ${found.size} versions.`);
  return 0;
}

function requiredPeers({ peerDependencies, peerDependenciesMeta }: KnownPackage): Record<string, string> {
  const peers = Object.entries(peerDependencies ?? {});
  return Object.fromEntries(peers.filter(([name]) => peerDependenciesMeta?.[name]?.optional !== true));
}

async function shippedVersions(root: string): Promise<string[]> {
  const lock = lockSchema.parse(JSON.parse(await readFile(join(root, 'app', 'package-lock.json'), 'utf8')));
  return Object.entries(lock.packages).flatMap(([path, { version }]) =>
    path === '' ? [] : [`${path.slice(path.lastIndexOf('node_modules/') + 13)}@${version}`],
  );
}

/** A document of the registry holds all versions of a package; each is fetched once. */
async function createRegistry() {
  const { stdout } = await promisify(execFile)('npm', ['config', 'get', 'registry']);
  const base = stdout.trim().replace(/\/?$/, '/');
  const documents = new Map<string, Promise<z.infer<typeof documentSchema>>>();
  const get = async (path: string, accept: string): Promise<unknown> => {
    const answer = await fetch(base + path, { headers: { accept } });
    if (!answer.ok)
      throw new WorkshopError('REGISTRY_REFUSED', `The registry was asked for ${path}: ${answer.status}.`, {
        remedy: 'Look whether npm reaches its registry (npm ping), then run the command again.',
      });
    return answer.json();
  };
  const ask = async (name: string) => documentSchema.parse(await get(name.replace('/', '%2f'), ABBREVIATED));
  /** The list of all versions leaves out the scripts that run at an install. */
  const askVersion = async (name: string, version: string) =>
    versionSchema.parse(await get(`${name.replace('/', '%2f')}/${version}`, 'application/json'));
  return {
    /** The newest version in a range; for `name@each RANGE`, the newest of each minor version. */
    async versions(spec: string): Promise<[string, KnownPackage][]> {
      const [, name = '', each, range = ''] = /^(@?[^@]+)@(each )?(.+)$/.exec(spec) ?? [];
      let document = documents.get(name);
      if (document === undefined) documents.set(name, (document = ask(name)));
      const { versions } = await document;
      const matching = semver.rsort(Object.keys(versions).filter((v) => semver.satisfies(v, range)));
      const sound = matching.filter((v) => versions[v]?.deprecated === undefined);
      const minors = new Map(matching.toReversed().map((v) => [v.split('.').slice(0, 2).join('.'), v]));
      const chosen = each === undefined ? [(sound[0] ?? matching[0]) || []].flat() : [...minors.values()];
      return Promise.all(
        chosen.map(
          async (version) =>
            [`${name}@${version}`, await described(await askVersion(name, version))] as const,
        ),
      ).then((list) => list.map(([id, one]) => [id, one]));
    },
  };
}

async function described(version: z.infer<typeof versionSchema>): Promise<KnownPackage> {
  const {
    name,
    dist,
    deprecated,
    scripts,
    bin,
    dependencies,
    optionalDependencies,
    peerDependencies,
    ...rest
  } = version;
  const bytes = dist.unpackedSize ?? (await archiveLength(dist.tarball));
  const needed = Object.entries(dependencies ?? {}).filter(
    ([other]) => optionalDependencies?.[other] === undefined,
  );
  const isRunAtInstall = ['preinstall', 'install', 'postinstall'].some(
    (word) => scripts?.[word] !== undefined,
  );
  // A program without a name of its own has the package's.
  const programs = typeof bin === 'string' ? { [name.replace(/^@.*\//, '')]: bin } : bin;
  return {
    integrity: dist.integrity ?? `sha1-${Buffer.from(dist.shasum, 'hex').toString('base64')}`,
    bytes,
    ...(deprecated === undefined ? {} : { deprecated: true }),
    ...(isRunAtInstall ? { hasInstallScript: true } : {}),
    ...(needed.length === 0 ? {} : { dependencies: Object.fromEntries(needed) }),
    ...(isEmpty(optionalDependencies) ? {} : { optionalDependencies }),
    ...(isEmpty(peerDependencies) ? {} : { peerDependencies }),
    ...(isEmpty(programs) ? {} : { bin: programs }),
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
  };
}

const isEmpty = (record: object | undefined) => record === undefined || Object.keys(record).length === 0;

async function archiveLength(url: string): Promise<number> {
  const answer = await fetch(url);
  return gunzipSync(Buffer.from(await answer.arrayBuffer())).length;
}

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

/** Versions of long ago hold lists and numbers where names belong; no tree of today needs them. */
const names = z.record(z.string(), z.string()).optional().catch(undefined);
const words = z.array(z.string()).optional().catch(undefined);
const lockSchema = z.object({ packages: z.record(z.string(), z.object({ version: z.string() })) });
const versionSchema = z.object({
  name: z.string(),
  dist: z.object({
    integrity: z.string().optional(),
    shasum: z.string(),
    unpackedSize: z.number().optional(),
    tarball: z.string(),
  }),
  deprecated: z.unknown().optional(),
  scripts: names,
  dependencies: names,
  optionalDependencies: names,
  peerDependencies: names,
  peerDependenciesMeta: z
    .record(z.string(), z.object({ optional: z.boolean().default(false) }))
    .optional()
    .catch(undefined),
  bin: z.union([z.string(), names]),
  engines: names,
  os: words,
  cpu: words,
  libc: words,
});
const documentSchema = z.object({
  versions: z.record(z.string(), z.object({ deprecated: z.unknown().optional() })),
});

const ABBREVIATED = 'application/vnd.npm.install-v1+json';
/** What a learner may well ask for: what the clinic has, in its lines of versions, and what other steps use. */
const SEEDS = [
  'express@4.16.0',
  'express@each >=4.16.1 <6',
  'pg@each >=8.11.0 <9',
  'tsx@each >=4.19 <5',
  'typescript@5',
  'typescript@6',
  '@types/express@4',
  '@types/express@5',
  '@types/node@20',
  '@types/node@22',
  '@types/node@24',
  '@types/pg@8',
  'kysely@0.29',
  'pg-format@1',
  '@types/pg-format@1',
  'zod@3',
  'zod@4',
  'helmet@8',
  'dotenv@17',
  'prettier@3',
  'postgres@3',
] as const;
const USAGE = 'Type it like this: npm run author packages\n  needs the network: it asks the registry of npm';
const GRAMMAR = { usage: USAGE, options: {}, words: { least: 0, most: 0 } } as const;
