import type { Run } from '../../harness/run.ts';
import { judgeBoth } from './both-records.ts';
import { nameOf } from './check-facility.ts';
import { doctorLink } from './clinic-links.ts';
import { copiesOf } from './copies.ts';
import { tryDelete } from './deletes.ts';
import { judgeLink } from './judge-link.ts';
import { copyLeft } from './link-findings.ts';
import { followLink } from './links.ts';

export async function checkDoctor(run: Run): Promise<void> {
  await judgeBoth(run, async (migrated) => {
    const link = doctorLink(migrated);
    const copies = copiesOf(migrated.patients.table, link.ends.map(nameOf), migrated.patients.nameColumns);
    const findings = judgeLink(migrated, link);
    if (followLink(link) === null) return findings;
    return [
      ...findings,
      ...(copies.length === 0 ? [] : [copyLeft('doctor', 'doctor', copies)]),
      ...(await tryDelete(migrated, link)),
    ];
  });
}
