import { describe, expect, test } from 'vitest';
import type { Evidence } from '../../model/evidence.ts';
import type { CheckResult } from '../../model/verdict.ts';
import { xrayEvidence } from '../../model/xray.ts';

const WISH = { drawing: 'nesting-mountain', check: 'nesting' } as const;
const OUTLINE: Evidence = { kind: 'outline', functions: [] };
const COMPARED: Evidence = { kind: 'comparison', expected: 'a', observed: 'b' };
const FINDING = { ruleId: 'nesting/deep', level: 'error', message: 'It is deep.' } as const;

describe('what an X-ray is drawn from', () => {
  test('is what the check showed, whether it passed or failed, and only what the picture can draw', () => {
    const passed: CheckResult = check({ evidence: [COMPARED, OUTLINE] });
    const failed: CheckResult = { ...check({ evidence: [OUTLINE] }), outcome: 'failed', findings: [FINDING] };
    expect(xrayEvidence(WISH, [passed])).toEqual({ evidence: [OUTLINE] });
    expect(xrayEvidence(WISH, [failed])).toEqual({ evidence: [OUTLINE] });
  });

  test('is else what proves the first finding that has any', () => {
    const failed: CheckResult = {
      ...check({}),
      outcome: 'failed',
      findings: [FINDING, { ...FINDING, evidence: [COMPARED, OUTLINE] }],
    };
    expect(xrayEvidence(WISH, [failed])).toEqual({ evidence: [OUTLINE] });
  });

  test('is never another check’s', () => {
    const other: CheckResult = { ...check({ evidence: [OUTLINE] }), id: 'form' };
    expect(xrayEvidence(WISH, [other])).toEqual({ reason: 'not-run' });
  });

  test('is missing for a reason', () => {
    const problem = { code: 'NO_CLINIC', message: 'Nobody answers.', remedy: 'Start it.' };
    expect(xrayEvidence(WISH, [{ id: 'nesting', outcome: 'blocked', by: 'form' }])).toEqual({
      reason: 'blocked',
      by: 'form',
    });
    expect(xrayEvidence(WISH, [{ id: 'nesting', outcome: 'errored', problem, durationMs: 1 }])).toEqual({
      reason: 'errored',
      problem: 'Nobody answers.',
    });
    expect(xrayEvidence(WISH, [check({ evidence: [COMPARED] })])).toEqual({
      reason: 'nothing-shown',
      finding: null,
    });
    const failed: CheckResult = { ...check({}), outcome: 'failed', findings: [FINDING] };
    expect(xrayEvidence(WISH, [failed])).toEqual({ reason: 'nothing-shown', finding: 'It is deep.' });
  });
});

function check({ evidence = [] }: { evidence?: Evidence[] }): CheckResult & { outcome: 'passed' } {
  return { id: 'nesting', outcome: 'passed', findings: [], evidence, durationMs: 1 };
}
