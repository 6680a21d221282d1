import type { Run } from '../../harness/run.ts';
import type { Difference } from './differences.ts';

export function reportDifference(run: Run, difference: Difference, populations: number): void {
  const { rule, population, exchange, expected, observed } = difference;
  run.report({
    ruleId: rule,
    message: `${MESSAGES[rule]} (${population.title}).`,
    tried: `GET ${exchange.path}, one of ${populations} planted facilities. Its patients by id: ${patientsOf(difference)}`,
    expected,
    observed,
    why: WHY[rule],
    location: { file: 'app/src/views/reports.ts' },
    evidence: [{ kind: 'comparison', expected, observed }, exchange.evidence()],
  });
}

function patientsOf({ population }: Difference): string {
  const shown = population.patients
    .slice(0, MOST_SHOWN)
    .map(
      ({ key, name, age, diagnoses }) =>
        `${key} ${name}, ${age}, ${diagnoses === null ? 'null' : `"${diagnoses}"`}`,
    );
  const more = population.patients.length - shown.length;
  if (shown.length === 0) return 'none';
  return shown.join('; ') + (more > 0 ? `; and ${more} more` : '');
}

const MOST_SHOWN = 8;

const MESSAGES: Readonly<Record<Difference['rule'], string>> = {
  'report/no-report': 'A facility has no report any more',
  'report/wrong-facility': 'A report is about the wrong patients',
  'report/wrong-ages': 'The ages of a report changed',
  'report/wrong-diagnoses': 'The diagnoses of a report are counted in another way',
  'report/wrong-ranking': 'Other patients are named as those at high risk',
  'report/wrong-summary': 'The levels of risk are counted in another way',
};

const SAME = 'Code that is put in order must give the same answers: doctors act on these numbers.';

const WHY: Readonly<Record<Difference['rule'], string>> = {
  'report/no-report': SAME,
  'report/wrong-facility': `${SAME} A facility without patients has a report too.`,
  'report/wrong-ages': `${SAME} An average has one decimal; without patients all three are 0.`,
  'report/wrong-diagnoses': `${SAME} Case and blanks do not matter, and a patient counts once for a diagnosis.`,
  'report/wrong-ranking': `${SAME} Three patients at most, the highest score first; who has the same score stands in the order of ids.`,
  'report/wrong-summary': `${SAME} Low is below 2, high is 5 and more.`,
};
