import type { Run } from '../../harness/run.ts';
import { judgeBoth } from './both-records.ts';
import { facilityLink } from './clinic-links.ts';
import { copiesOf } from './copies.ts';
import { tryDelete } from './deletes.ts';
import { judgeLink } from './judge-link.ts';
import { copyLeft } from './link-findings.ts';
import { type End, followLink } from './links.ts';

export async function checkFacility(run: Run): Promise<void> {
  await judgeBoth(run, async (migrated) => {
    const link = facilityLink(migrated);
    const copies = copiesOf(migrated.patients.table, link.ends.map(nameOf), migrated.patients.nameColumns);
    const findings = judgeLink(migrated, link);
    if (followLink(link) === null) return findings;
    return [
      ...findings,
      ...(copies.length === 0 ? [] : [copyLeft('facility', 'facility', copies)]),
      ...(await tryDelete(migrated, link)),
    ];
  });
}

export const nameOf = ({ row, truth }: Pick<End, 'row' | 'truth'>) => ({
  row,
  name: truth.kind === 'known' ? truth.name : null,
});
