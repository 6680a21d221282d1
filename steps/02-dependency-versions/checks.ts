import { dependenciesEvidence } from '../../harness/packages/dependencies-evidence.ts';
import { hashFaults } from '../../harness/packages/hashes.ts';
import { nameAt } from '../../harness/packages/lock.ts';
import { faultOfRange } from '../../harness/packages/ranges.ts';
import { staleEntries } from '../../harness/packages/stale.ts';
import { walkTree } from '../../harness/packages/tree.ts';
import { usageOf } from '../../harness/packages/usage.ts';
import type { Run } from '../../harness/run.ts';
import { parseFiles } from '../../harness/source/files.ts';
import * as say from './findings.ts';
import { readPackages } from './reading.ts';

/** Every range has an end, and its versions come from the registry. */
export async function checkRanges(run: Run): Promise<void> {
  const { manifest, manifestFault } = await readPackages(run);
  if (manifestFault !== null) run.report(manifestFault);
  const asked = [
    ...(manifest?.declared ?? []),
    ...(manifest?.overrides ?? []).map((one) => ({ ...one, section: 'overrides' })),
  ];
  for (const one of asked) {
    const fault = faultOfRange(one.range);
    if (fault !== null) run.report(say.badRange(one, fault));
  }
}

/** What is declared is used, and what is used is declared. */
export async function checkUse(run: Run): Promise<void> {
  const { manifest, manifestFault, lock, known, advisories } = await readPackages(run);
  const { parsed, faults } = parseFiles(run.sources);
  faults.forEach(run.report);
  if (manifest === null) return run.report(manifestFault ?? say.noManifest());
  const { unused, undeclared, onlyForDevelopment } = usageOf(manifest, lock, parsed, run.sources);
  for (const { declaration, idle } of unused) run.report(say.unused(declaration, idle));
  for (const one of firstOfEach(undeclared)) run.report(say.undeclared(one));
  for (const one of firstOfEach(onlyForDevelopment)) run.report(say.onlyForDevelopment(one));
  if (lock === null) return;
  const names = new Set(unused.map(({ declaration }) => declaration.name));
  run.show(dependenciesEvidence({ manifest, lock, known }, names, advisories));
}

/** The lock belongs to this manifest, and holds the whole tree. */
export async function checkLock(run: Run): Promise<void> {
  const { manifest, manifestFault, lock, lockFault } = await readPackages(run);
  if (manifest === null) return run.report(manifestFault ?? say.noManifest());
  if (lock === null) return run.report(lockFault ?? say.noManifest());
  const stale = staleEntries(manifest, lock);
  // A lock of another manifest has holes and leftovers as well; one cause is said once.
  if (stale.length > 0) return run.report(say.stale(lock, stale));
  const tree = walkTree(manifest, lock);
  const [missing] = tree.missing;
  if (missing !== undefined) run.report(say.incomplete(lock, [missing, ...tree.missing.slice(1)]));
  for (const need of tree.unsatisfied) run.report(say.mismatch(lock, need));
  const left = [...lock.packages.keys()].filter((folder) => !tree.reached.has(folder));
  if (left.length > 0) run.report(say.leftover(lock, left));
  for (const folder of tree.production) {
    if (lock.packages.get(folder)?.dev === true) run.report(say.markedAsDevelopment(lock, folder));
  }
}

/** The lock's entries are what npm wrote, with the hashes of what was published. */
export async function checkHashes(run: Run): Promise<void> {
  const { lock, lockFault, known } = await readPackages(run);
  if (lock === null) return run.report(lockFault ?? say.noManifest());
  for (const fault of hashFaults(lock, known)) run.report(say.badEntry(lock, fault));
}

/** No version in the lock has an advisory in the snapshot. */
export async function checkAdvisories(run: Run): Promise<void> {
  const { lock, lockFault, advisories, snapshot } = await readPackages(run);
  if (lock === null) return run.report(lockFault ?? say.noManifest());
  for (const [folder, own] of advisories) {
    const entry = lock.packages.get(folder);
    if (entry === undefined) continue;
    for (const one of own)
      run.report(say.vulnerable({ lock, folder, name: nameAt(folder, entry), entry }, one, snapshot.date));
  }
}

/** The clinic still starts and shows its pages. */
export async function checkClinic(run: Run): Promise<void> {
  const { visitor } = await run.clinic();
  for (const path of ['/healthz', '/login']) {
    const answer = await visitor.get(path);
    if (answer.status !== 200) run.report(say.noPage(answer));
  }
}

function firstOfEach<T extends { readonly name: string }>(list: readonly T[]): T[] {
  return [...new Map(list.toReversed().map((one) => [one.name, one])).values()].reverse();
}
