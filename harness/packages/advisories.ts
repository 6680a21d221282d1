import { readFileSync } from 'node:fs';
import semver from 'semver';
import { z } from 'zod';
import { type Lock, nameAt } from './lock.ts';

const advisorySchema = z.strictObject({
  id: z.string(),
  /** Other names of the same: CVE numbers. */
  aliases: z.array(z.string()),
  package: z.string(),
  /** The versions that have the flaw. It ends: a version newer than the snapshot is never in it. */
  range: z.string().refine((range) => semver.validRange(range) !== null, 'is no range'),
  fixed: z.string().nullable(),
  severity: z.enum(['low', 'moderate', 'high', 'critical']),
  summary: z.string(),
  source: z.url(),
});

const snapshotSchema = z.strictObject({ date: z.iso.date(), advisories: z.array(advisorySchema) });

export type Advisory = z.infer<typeof advisorySchema>;
export type AdvisorySnapshot = z.infer<typeof snapshotSchema>;

/** The published advisories of one day, as they are shipped with the workshop. */
export function readAdvisories(): AdvisorySnapshot {
  return snapshotSchema.parse(JSON.parse(readFileSync(SNAPSHOT, 'utf8')));
}

/** Which packages of a lock have which advisories, by their folder. */
export function advisoriesOf(lock: Lock, { advisories }: AdvisorySnapshot): ReadonlyMap<string, Advisory[]> {
  const found = new Map<string, Advisory[]>();
  for (const [folder, entry] of lock.packages) {
    const name = nameAt(folder, entry);
    const own = advisories.filter(
      (one) =>
        one.package === name &&
        semver.satisfies(entry.version ?? '', one.range, { includePrerelease: true, loose: true }),
    );
    if (own.length > 0) found.set(folder, own);
  }
  return found;
}

const SNAPSHOT = new URL('../../fixtures/advisories.json', import.meta.url);
