import type { Finding } from '../model/finding.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Proof } from './verify-proof.ts';

/** `byOneOf`: rules of which at least one must be among the errors found. */
export type Expectation =
  { readonly verdict: 'passed' } | { readonly verdict: 'refused'; readonly byOneOf: readonly string[] };

type Judgement = Pick<Proof, 'outcome' | 'faults'>;

/** Holds a verdict against what was claimed. A refusal counts only when it is for a reason that was named. */
export function judgement(expectation: Expectation, verdict: Verdict): Judgement {
  switch (verdict.outcome) {
    case 'passed':
      return expectation.verdict === 'passed' ? PROVEN : refuted(FALSE_PASS(expectation.byOneOf));
    case 'failed':
      return expectation.verdict === 'passed'
        ? refuted(...verdict.findings.filter(isError).slice(0, MOST_SHOWN).map(FALSE_FAIL))
        : refusal(expectation.byOneOf, verdict.findings.filter(isError));
    case 'errored':
      return { outcome: 'undecided', faults: [`the judge could not decide: ${verdict.problem.message}`] };
    case 'cancelled':
      return { outcome: 'undecided', faults: ['the run was interrupted'] };
    default:
      return verdict satisfies never;
  }
}

function refusal(byOneOf: readonly string[], errors: readonly Finding[]): Judgement {
  const found = [...new Set(errors.map((finding) => finding.ruleId))];
  if (found.some((rule) => byOneOf.includes(rule))) return PROVEN;
  if (byOneOf.length === 0) return refuted(NO_RULE_NAMED);
  return refuted(
    `expected to be refused by ${byOneOf.join(' or ')}, and was refused by ${found.join(', ')} alone`,
    ...errors.slice(0, MOST_SHOWN).map(inWords),
  );
}

const isError = (finding: Finding) => finding.level === 'error';
const refuted = (...faults: string[]): Judgement => ({ outcome: 'refuted', faults });

function inWords({ ruleId, message, observed, location }: Finding): string {
  const place =
    location === undefined ? '' : ` (${location.file}${location.line ? `:${location.line}` : ''})`;
  const seen = observed === undefined ? '' : ` Observed: ${observed.slice(0, LONGEST_OBSERVED)}`;
  return `${ruleId}${place}: ${message}${seen}`;
}

const PROVEN: Judgement = { outcome: 'proven', faults: [] };
const MOST_SHOWN = 3;
const LONGEST_OBSERVED = 300;
const NO_RULE_NAMED =
  'no mistake names a rule yet, so nothing tells whether it was refused for the right reason';
const FALSE_PASS = (rules: readonly string[]) =>
  `it passed, and was expected to be refused${rules.length === 0 ? '' : ` by ${rules.join(' or ')}`}`;
const FALSE_FAIL = (finding: Finding) => `it was expected to pass, and was refused by ${inWords(finding)}`;
