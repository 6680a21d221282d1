import type { Advisory } from '../../harness/packages/advisories.ts';
import type { HashFault, HashRule } from '../../harness/packages/hashes.ts';
import type { PackageImport } from '../../harness/packages/imports.ts';
import type { Lock, LockEntry } from '../../harness/packages/lock.ts';
import { type Declaration, MANIFEST } from '../../harness/packages/manifest.ts';
import type { RangeFault } from '../../harness/packages/ranges.ts';
import type { StaleEntry } from '../../harness/packages/stale.ts';
import type { DependencyTree, Need } from '../../harness/packages/tree.ts';
import { unneeded } from '../../harness/packages/usage.ts';
import type { Reported } from '../../harness/run.ts';
import type { Exchange } from '../../harness/visit.ts';

export function badRange(
  { section, name, range, line }: { section: string; name: string; range: string; line: number },
  fault: RangeFault,
): Reported {
  const { what, expected } = RANGES[fault];
  return {
    ruleId: `versions/${fault}`,
    message: `${name}: "${range}" ${what}.`,
    tried: `Read ${section} in ${MANIFEST}.`,
    expected,
    observed: `"${name}": "${range}"`,
    why: 'What is installed should be decided by somebody who looked, not by the day of the install.',
    location: { file: MANIFEST, line },
  };
}

export function unused(declaration: Declaration, idle: PackageImport | null): Reported {
  const { name, range, section, line } = declaration;
  const refused = unneeded(declaration);
  const seen =
    idle === null
      ? 'No file imports it, no script runs it, no configuration names it.'
      : `${idle.file} imports it on line ${idle.line}.`;
  return {
    ruleId: 'versions/unused',
    message:
      refused && idle !== null
        ? `${name} is imported, but no feature of the clinic needs it.`
        : `${name} is declared and ${idle === null ? 'never used' : 'imported, but nothing is done with it'}.`,
    tried: `Look for ${name} in every import, script, Dockerfile and configuration of the clinic.`,
    expected: `${name} is gone from ${MANIFEST} and from the lock.`,
    observed: `${section} has "${name}": "${range}". ${seen}`,
    why: 'Each package brings its own tree: code that is installed, that can run when it is installed, and that somebody has to keep up to date.',
    location: idle === null ? { file: MANIFEST, line } : { file: idle.file, line: idle.line },
  };
}

export const undeclared = ({ name, file, line }: PackageImport): Reported => ({
  ruleId: 'versions/undeclared',
  message: `${name} is imported, but ${MANIFEST} does not ask for it.`,
  tried: `Compare every import with ${MANIFEST}.`,
  expected: `"${name}" among the dependencies, with a range that ends.`,
  observed: `${file} imports it on line ${line}.`,
  why: 'It is there only because some other package brings it, and may be gone or another version with the next install.',
  location: { file, line },
});

export const onlyForDevelopment = ({ name, file, line }: PackageImport): Reported => ({
  ruleId: 'versions/needed-when-running',
  message: `${name} is needed when the clinic runs, but declared for development only.`,
  tried: `Follow the imports from app/src/server.ts.`,
  expected: `"${name}" in dependencies.`,
  observed: `devDependencies has it, and ${file} imports it on line ${line}.`,
  why: 'An install for production (npm ci --omit=dev) leaves it out, and the clinic does not start.',
  location: { file, line },
});

export function stale(lock: Lock, entries: readonly StaleEntry[]): Reported {
  const asIt = (range: string | null) => (range === null ? 'nothing' : `"${range}"`);
  const list = entries.map(
    (one) => `${one.section} ${one.name}: manifest ${asIt(one.manifest)}, lock ${asIt(one.lock)}`,
  );
  return {
    ruleId: 'versions/lock-stale',
    message: `${lock.file} was made for another manifest than ${MANIFEST}.`,
    tried: `Compare what the lock says of the manifest with ${MANIFEST}.`,
    expected:
      'The same packages with the same ranges. npm ci refuses anything else; npm run lock writes the lock anew.',
    observed: `${list.slice(0, 8).join('; ')}${list.length > 8 ? `; and ${list.length - 8} more` : ''}.`,
    why: 'The manifest says what is wanted; the lock is what everybody gets.',
    location: { file: lock.file, line: lock.lineOf('') },
  };
}

export function incomplete(lock: Lock, missing: readonly [Need, ...Need[]]): Reported {
  const [first] = missing;
  return {
    ruleId: 'versions/lock-incomplete',
    message: `${lock.file} lacks ${first.name}${missing.length > 1 ? ` and ${missing.length - 1} more` : ''}.`,
    tried: 'Walk from the manifest along what each package needs.',
    expected: 'An entry for each package of the tree.',
    observed: `${missing
      .slice(0, 8)
      .map((need) => `${need.name} ${need.range} (for ${need.from === '' ? 'the clinic' : need.from})`)
      .join(', ')}.`,
    why: 'What the lock leaves out is chosen anew by each install.',
    location: { file: lock.file, line: lock.lineOf(first.from) },
  };
}

export const mismatch = (lock: Lock, need: DependencyTree['unsatisfied'][number]): Reported => ({
  ruleId: 'versions/lock-mismatch',
  message: `${lock.file} has ${need.name} ${need.version}, and ${need.from === '' ? 'the manifest' : need.from} asks for ${need.range}.`,
  tried: 'Compare every entry with what asks for it.',
  expected: `A version in ${need.range}.`,
  observed: `${need.folder}: ${need.version}`,
  why: 'npm never writes this: a lock that was changed by hand fits nothing.',
  location: { file: lock.file, line: lock.lineOf(need.folder) },
});

export const leftover = (lock: Lock, folders: readonly string[]): Reported => ({
  ruleId: 'versions/lock-leftover',
  message: `${lock.file} holds ${folders.length} ${folders.length === 1 ? 'package' : 'packages'} that nothing asks for.`,
  tried: 'Walk from the manifest along what each package needs.',
  expected: 'Only packages that something needs.',
  observed: `${folders.slice(0, 8).join(', ')}${folders.length > 8 ? ' …' : ''}`,
  why: 'They are installed all the same.',
  location: { file: lock.file, line: lock.lineOf(folders[0] ?? '') },
});

export const markedAsDevelopment = (lock: Lock, folder: string): Reported => ({
  ruleId: 'versions/lock-edited',
  message: `${lock.file} marks ${folder} as needed for development only, and the running clinic needs it.`,
  tried: 'Walk from the dependencies of the manifest along what each package needs.',
  expected: 'No "dev": true on what is reached.',
  observed: `${folder}: "dev": true`,
  why: 'npm ci --omit=dev leaves it out.',
  location: { file: lock.file, line: lock.lineOf(folder) },
});

export const badEntry = (lock: Lock, { rule, id, folder, expected, observed }: HashFault): Reported => ({
  ruleId: `versions/${rule}`,
  message: `${id}: ${ENTRIES[rule]}.`,
  tried: `Read its entry in ${lock.file}${rule === 'integrity-wrong' || rule === 'lock-edited' ? ', and compare it with what npm published' : ''}.`,
  expected,
  observed,
  why: 'The hash is what makes an install stop when an archive is not the one that was locked.',
  location: { file: lock.file, line: lock.lineOf(folder) },
});

export function vulnerable(
  { lock, folder, name, entry }: { lock: Lock; folder: string; name: string; entry: LockEntry },
  advisory: Advisory,
  date: string,
): Reported {
  const version = entry.version ?? '';
  return {
    ruleId: 'versions/advisory',
    message: `${name} ${version} has a published advisory: ${advisory.id} (${advisory.severity}).`,
    tried: `Compare ${lock.file} with the advisories of ${date}.`,
    expected:
      advisory.fixed === null
        ? `No ${name} at all: no version is without it.`
        : `A version outside ${advisory.range}; the flaw was mended in ${advisory.fixed}.`,
    observed: `${folder}: ${version}`,
    why: `${advisory.summary}. ${[...advisory.aliases, advisory.source].join(', ')}`,
    location: { file: lock.file, line: lock.lineOf(folder) },
  };
}

export const noPage = (answer: Exchange): Reported => ({
  ruleId: 'versions/clinic-broken',
  message: `The clinic answers ${answer.path} with ${answer.status}.`,
  tried: `${answer.method} ${answer.path}`,
  expected: '200, as before.',
  observed: `${answer.status}: ${answer.body
    .replace(/<[^>]*>/g, ' ')
    .trim()
    .slice(0, 200)}`,
  evidence: [answer.evidence()],
});

export const noManifest = (): Reported => ({
  ruleId: 'versions/no-manifest',
  message: `${MANIFEST} cannot be read.`,
  location: { file: MANIFEST },
});

const RANGES: Readonly<Record<RangeFault, { readonly what: string; readonly expected: string }>> = {
  'open-range': {
    what: 'has no end that is near: it takes versions that nobody has seen yet',
    expected: 'An exact version, or a range with an end: "^8.0.0", "~8.0.0", "8.x".',
  },
  'dist-tag': {
    what: 'is no version: it means whatever its name points to on the day of the install',
    expected: 'An exact version, or a range with an end: "^8.0.0", "~8.0.0", "8.x".',
  },
  'not-from-registry': {
    what: 'does not name a published version',
    expected: 'A version from the registry: published versions never change, and have a hash.',
  },
};
const ENTRIES: Readonly<Record<HashRule, string>> = {
  'integrity-shape': 'the lock has no valid hash for it',
  'integrity-wrong': 'the hash in the lock is not the one that npm published',
  'integrity-twice': 'another package has the same hash in the lock',
  'lock-source': 'the lock takes it from somewhere else than its published version',
  'lock-edited': 'the lock tells other needs than the published package has',
};
