import type { Run } from '../../harness/run.ts';
import type { Exchange } from '../../harness/visit.ts';
import { stage } from './stage.ts';

/**
 * Makes the family patients of the North Clinic through the clinic's own form, so that it works whatever the tables
 * look like. Answers the exchange that was refused, if one was. To be asked for by `run.once`.
 */
export async function admission(run: Run): Promise<Exchange | null> {
  const { doctor, north, family } = await run.once(stage);
  for (const { name, birthDate } of family.members) {
    const form = { name, birth_date: birthDate, diagnoses: 'asthma, flu' };
    const answer = await doctor.post(`/facilities/${north.id}/patients/new`, form);
    if (answer.status >= 400 || answer.status < 300) return answer;
  }
  return null;
}

/** Whether the family is there; says so as a finding when it is not. */
export async function admitFamily(run: Run): Promise<boolean> {
  const refused = await run.once(admission);
  if (refused === null) return true;
  run.report({
    ruleId: 'injection/no-new-patient',
    message: `A new patient can't be created any more, so the check has nobody to look for.`,
    tried: `${refused.method} ${refused.path}`,
    expected: "A redirect (303) to the new patient's page.",
    observed: `${refused.status}: ${refused.page().error() ?? 'no reason given on the page'}`,
    location: { file: 'app/src/views/create-patient.ts' },
    evidence: [refused.evidence()],
  });
  return false;
}
