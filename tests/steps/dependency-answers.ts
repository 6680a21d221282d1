import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readKnownPackages } from '../../harness/packages/known.ts';
import { makeLock } from '../../harness/packages/make-lock.ts';
import {
  checkAdvisories,
  checkHashes,
  checkLock,
  checkRanges,
  checkUse,
} from '../../steps/02-dependency-versions/checks.ts';
import { appWith, rulesFor } from './docker-variants.ts';

type Entry = Readonly<Record<string, unknown>>;
type Packages = Readonly<Record<string, Entry>>;

export interface Answer {
  /** Sections of the manifest, in place of the solution's. */
  readonly [section: string]: unknown;
  /** Sections for which the lock is made, when it is not made for the manifest itself. */
  readonly lockedAs?: object;
  /** What is done to the lock that belongs to the manifest. */
  readonly lock?: (packages: Packages) => Packages;
  /** Other files of the clinic. */
  readonly files?: Readonly<Record<string, string>>;
  /** With a byte order mark, and with carriage returns. */
  readonly fromWindows?: boolean;
}

export const SHIPPED = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'app', 'package.json'), 'utf8'),
) as { readonly devDependencies: Readonly<Record<string, string>> };

/** The rules that refuse an answer, by every check that reads text. */
export async function judged({
  lockedAs,
  lock: edit,
  files,
  fromWindows,
  ...sections
}: Answer): Promise<string[]> {
  const manifest = { ...SHIPPED, dependencies: { express: '^5.2.1', pg: '^8.23.1' }, ...sections };
  const locked = JSON.stringify({ ...manifest, ...lockedAs });
  const made = makeLock(
    { paths: [], text: (path) => (path.endsWith('/package.json') ? locked : null) },
    known,
  );
  const lock = JSON.parse(made.text) as { readonly packages: Packages };
  const packages = edit?.(lock.packages) ?? lock.packages;
  const texts = {
    'app/package.json': JSON.stringify(manifest, null, 2),
    'app/package-lock.json': JSON.stringify({ ...lock, packages }, null, 2),
  };
  const windows = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
  const ours = Object.entries(texts).map(([path, text]) => [
    path,
    fromWindows === true ? windows(text) : text,
  ]);
  return rulesFor(CHECKS, appWith({ ...Object.fromEntries(ours), ...files }));
}

/** Changes the entry of one folder, or of all but the root's. */
export const each =
  (change: (entry: Entry) => Entry, folder?: string) =>
  (packages: Packages): Packages =>
    Object.fromEntries(
      Object.entries(packages).map(([at, entry]) => [
        at,
        at === '' || (folder ?? at) !== at ? entry : change(entry),
      ]),
    );

export const leftOut =
  (test: (folder: string) => boolean) =>
  (packages: Packages): Packages =>
    Object.fromEntries(Object.entries(packages).filter(([folder]) => !test(folder)));

export const added =
  (folder: string, entry: Entry) =>
  (packages: Packages): Packages => ({ ...packages, [folder]: entry });

/** A lock that says it was made for these development dependencies. */
export const rootAsking =
  (devDependencies: Readonly<Record<string, string>>) =>
  (packages: Packages): Packages => ({ ...packages, '': { ...packages[''], devDependencies } });

/** Every package with the address of its archive. */
export const resolvedAt =
  (address: (name: string, file: string) => string) =>
  (packages: Packages): Packages =>
    Object.fromEntries(
      Object.entries(packages).map(([folder, entry]) => {
        const name = folder.slice(folder.lastIndexOf('node_modules/') + 13);
        const file = `${name.replace(/^.*\//, '')}-${String(entry['version'])}.tgz`;
        return [folder, folder === '' ? entry : { ...entry, resolved: address(name, file) }];
      }),
    );

/** zod as if it brought a package along in its own archive: such a one has no hash of its own. */
export function bundled(packages: Packages): Packages {
  const zod = { ...packages['node_modules/zod'], version: '4.99.0', integrity: `sha512-${'A'.repeat(86)}==` };
  return {
    ...packages,
    'node_modules/zod': { ...zod, bundleDependencies: ['inner'], dependencies: { inner: '^1.0.0' } },
    'node_modules/zod/node_modules/inner': { version: '1.0.0', inBundle: true },
  };
}

export const hashOf = (id: string): string => known.packages[id]?.integrity ?? '';

const CHECKS = { checkRanges, checkUse, checkLock, checkHashes, checkAdvisories };
const known = readKnownPackages();
