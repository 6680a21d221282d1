import type { Run } from '../../harness/run.ts';
import type { Exchange } from '../../harness/visit.ts';
import type { Listed } from './directory.ts';
import { triedOf } from './requests.ts';

/** `exchange` is the last of the requests that had to be refused. */
export function expectNothingStored(run: Run, exchange: Exchange, added: readonly Listed[]): void {
  if (added.length === 0) return;
  run.report({
    ruleId: 'refusals/stored',
    message: 'A request that had to be refused stored a patient.',
    tried: `POST forms that must be refused, the last of them: ${triedOf(exchange)}`,
    expected: 'No new patient in the directory.',
    observed: `New: ${added.map(described).join('; ')}.`,
    why: 'A refusal that is shown after the record was written is none: the chart is there, and nobody looks for it.',
    location: { file: 'app/src/views/create-patient.ts' },
    evidence: [exchange.evidence()],
  });
}

export const described = (patient: Listed) =>
  `${patient.name}, born ${patient.birth_date}, at ${patient.facility_name ?? 'no facility'}`;
