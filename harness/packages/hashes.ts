import type { KnownPackages } from './known.ts';
import { above, type Lock, type LockEntry, nameAt } from './lock.ts';
import { without } from './tree.ts';

export type HashRule =
  'integrity-shape' | 'integrity-wrong' | 'integrity-twice' | 'lock-source' | 'lock-edited';

export interface HashFault {
  readonly rule: HashRule;
  readonly folder: string;
  /** `express@4.22.1` */
  readonly id: string;
  readonly expected: string;
  readonly observed: string;
}

/** What shows that an entry was not written by npm from what was published. */
export function hashFaults(lock: Lock, known: KnownPackages): HashFault[] {
  const owners = new Map<string, string>();
  const publishers = new Map(Object.entries(known.packages).map(([id, one]) => [one.integrity, id]));
  return [...lock.packages].flatMap(([folder, entry]) => {
    if (entry.inBundle === true && cameInside(folder, lock, known)) return [];
    const id = `${nameAt(folder, entry)}@${entry.version ?? 'no version'}`;
    const fault =
      sourceFault(entry, nameAt(folder, entry)) ??
      borrowedHash(entry, id, publishers) ??
      hashFault(entry, known, id, owners);
    return fault === null ? [] : [{ folder, id, ...fault }];
  });
}

type Fault = Omit<HashFault, 'folder' | 'id'>;

function sourceFault(entry: LockEntry, name: string): Fault | null {
  if (entry.link === true)
    return { rule: 'lock-source', expected: 'A published version.', observed: 'A link to a folder.' };
  if (typeof entry.resolved !== 'string') return null;
  const url = decodeURIComponent(entry.resolved);
  const isFromRegistry = /^https?:/.test(url);
  const base = name.slice(name.indexOf('/') + 1);
  if (isFromRegistry && url.includes(base) && url.includes(entry.version ?? '?')) return null;
  return { rule: 'lock-source', expected: `An archive of this very version.`, observed: `resolved: ${url}` };
}

/** A package that came in the archive of another has no hash of its own. None that we know brings any. */
function cameInside(folder: string, lock: Lock, known: KnownPackages): boolean {
  for (let at = above(folder); at !== null && at !== ''; at = above(at)) {
    const entry = lock.packages.get(at);
    if (entry?.bundleDependencies === undefined) continue;
    return known.packages[`${nameAt(at, entry)}@${entry.version ?? ''}`] === undefined;
  }
  return false;
}

/** A version may be newer than all that we know; its archive is not an older one's. */
function borrowedHash(entry: LockEntry, id: string, publishers: ReadonlyMap<string, string>): Fault | null {
  const hashes = (entry.integrity ?? '').split(/\s+/);
  const owner = hashes.map((hash) => publishers.get(hash)).find((one) => one !== undefined);
  if (owner === undefined || hashes.some((hash) => publishers.get(hash) === id)) return null;
  return {
    rule: 'integrity-wrong',
    expected: `The hash of the archive of ${id}.`,
    observed: `The hash that npm published for ${owner}.`,
  };
}

function hashFault(
  entry: LockEntry,
  known: KnownPackages,
  id: string,
  owners: Map<string, string>,
): Fault | null {
  const hashes = (entry.integrity ?? '').split(/\s+/).filter((hash) => isHash(hash));
  const [hash] = hashes;
  if (hash === undefined)
    return {
      rule: 'integrity-shape',
      expected: 'sha512- and 64 bytes in base64 (sha1- and 20 bytes for what was published before 2017).',
      observed: entry.integrity === undefined ? 'No integrity.' : `integrity: ${entry.integrity}`,
    };
  const published = known.packages[id];
  if (
    published !== undefined &&
    !hashes.includes(published.integrity) &&
    comparable(hashes, published.integrity)
  )
    return {
      rule: 'integrity-wrong',
      expected: `${published.integrity}, which npm published.`,
      observed: `integrity: ${entry.integrity ?? ''}`,
    };
  const owner = owners.get(hash) ?? id;
  owners.set(hash, owner);
  if (owner !== id)
    return { rule: 'integrity-twice', expected: 'A hash of its own.', observed: `The hash of ${owner}.` };
  if (published === undefined) return null;
  const [wanted, written] = [needsOf(published), needsOf(entry)];
  if (wanted === written) return null;
  return { rule: 'lock-edited', expected: `It needs ${wanted}.`, observed: `The lock says ${written}.` };
}

/** Both as they were published: sha1 says nothing about sha512. */
function comparable(hashes: readonly string[], published: string): boolean {
  const algorithm = published.split('-')[0];
  return hashes.some((hash) => hash.split('-')[0] === algorithm);
}

function needsOf(entry: Pick<LockEntry, 'dependencies' | 'optionalDependencies'>): string {
  const { dependencies = {}, optionalDependencies = {} } = entry;
  const needs = { ...without(dependencies, optionalDependencies), ...optionalDependencies };
  const texts = Object.entries(needs).map(([name, range]) => `${name} ${range}`);
  return texts.length === 0 ? 'nothing' : texts.sort().join(', ');
}

function isHash(text: string): boolean {
  const [, algorithm = '', base64 = ''] =
    /^(sha512|sha384|sha256|sha1)-([A-Za-z0-9+/]+={0,2})(?:\?.*)?$/.exec(text) ?? [];
  return LENGTHS[algorithm] !== undefined && Buffer.from(base64, 'base64').length === LENGTHS[algorithm];
}

const LENGTHS: Readonly<Record<string, number>> = { sha512: 64, sha384: 48, sha256: 32, sha1: 20 };
