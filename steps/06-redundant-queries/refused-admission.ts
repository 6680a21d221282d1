import type { Reported } from '../../harness/run.ts';
import type { Exchange } from '../../harness/visit.ts';

/** The check has nobody to look for: the clinic takes no new patient, or no note. */
export function refusedAdmission(refused: Exchange): Reported {
  const isNote = refused.path.endsWith('/notes');
  return {
    ruleId: 'queries/no-new-record',
    message: `A new ${isNote ? 'note' : 'patient'} can't be stored any more, so the check has nothing to count.`,
    tried: `${refused.method} ${refused.path}`,
    expected: 'A redirect (303).',
    observed: `${refused.status}: ${refused.page().error() ?? 'no reason given on the page'}`,
    location: { file: isNote ? 'app/src/views/notes.ts' : 'app/src/views/create-patient.ts' },
    evidence: [refused.evidence()],
  };
}
