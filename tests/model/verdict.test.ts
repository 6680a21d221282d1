import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evidenceSchema } from '../../model/evidence.ts';
import { findingSchema } from '../../model/finding.ts';
import { type CheckResult, checkResultSchema, decideVerdict, verdictSchema } from '../../model/verdict.ts';
import { problemOf, WorkshopError } from '../../model/workshop-error.ts';
import { checkResult, FINDING, verdict } from './arbitrary-events.ts';

const expectedIds = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 4 });
const results = fc.array(checkResult, { maxLength: 5 });
const passed = (id: string): CheckResult => ({
  id,
  outcome: 'passed',
  findings: [],
  evidence: [],
  durationMs: 1,
});

describe('the verdict of a run', () => {
  test('is passed when every expected check passed once, and keeps the notes', () => {
    const note = { ...FINDING, level: 'note' as const };
    expect(
      decideVerdict(['a'], [{ ...passed('a'), outcome: 'passed', findings: [note] } as CheckResult]),
    ).toEqual({
      outcome: 'passed',
      notes: [note],
    });
  });

  test('is never passed unless each expected check, and no other, passed exactly once', () => {
    fc.assert(
      fc.property(expectedIds, results, (expected, got) => {
        const isWhole =
          expected.length > 0 &&
          new Set(expected).size === expected.length &&
          got.length === expected.length &&
          expected.every((id) => got.filter((r) => r.id === id && r.outcome === 'passed').length === 1);
        expect(decideVerdict(expected, got).outcome === 'passed').toBe(isWhole);
      }),
      { numRuns: 2000 },
    );
  });

  test('is failed exactly when there is a finding of level error, and shows such a one first', () => {
    fc.assert(
      fc.property(expectedIds, results, (expected, got) => {
        const decided = decideVerdict(expected, got);
        const isCertain = got.some(
          (r) => r.outcome === 'failed' && r.findings.some((f) => f.level === 'error'),
        );
        expect(decided.outcome === 'failed').toBe(isCertain);
        if (decided.outcome === 'failed') expect(decided.findings[0]?.level).toBe('error');
      }),
      { numRuns: 2000 },
    );
  });

  test('is errored for no checks at all, whatever ran', () => {
    expect(decideVerdict([], [])).toMatchInlineSnapshot(`
      {
        "outcome": "errored",
        "problem": {
          "code": "CHECKS_INCOMPLETE",
          "message": "The judge could not decide: no check was expected, so nothing was judged.",
          "remedy": "This is a fault of the step and not of your code. Run \`npm run author verify\` and report what it says.",
        },
      }
    `);
    expect(decideVerdict([], [passed('a')]).outcome).toBe('errored');
  });

  test.each<[string, readonly string[], readonly CheckResult[]]>([
    ['missing', ['a', 'b'], [passed('a')]],
    ['run twice', ['a'], [passed('a'), passed('a')]],
    ['listed twice', ['a', 'a'], [passed('a')]],
    ['blocked', ['a'], [{ id: 'a', outcome: 'blocked', by: 'x/y' }]],
    ['unknown', ['a'], [passed('a'), passed('z')]],
    [
      'failed by a note alone',
      ['a'],
      [{ ...passed('a'), outcome: 'failed', findings: [{ ...FINDING, level: 'note' }] } as CheckResult],
    ],
  ])('is errored for a check that is %s', (_, expected, got) => {
    expect(decideVerdict(expected, got)).toMatchObject({
      outcome: 'errored',
      problem: { code: 'CHECKS_INCOMPLETE' },
    });
  });

  test('is a problem of ours in its own words', () => {
    const problem = problemOf(new WorkshopError('PORT_TAKEN', 'Port 8000 is taken.', { remedy: 'Free it.' }));
    const got: CheckResult[] = [{ id: 'a', outcome: 'errored', problem, durationMs: 1 }, passed('b')];
    expect(decideVerdict(['a', 'b'], got)).toEqual({ outcome: 'errored', problem });
    expect(problemOf(new TypeError('x is not a function')).code).toBe('JUDGE_FAULT');
  });

  test('and every result can be written and read back', () => {
    fc.assert(
      fc.property(verdict, results, (decided, got) => {
        expect(verdictSchema.parse(JSON.parse(JSON.stringify(decided)))).toEqual(decided);
        for (const result of got)
          expect(checkResultSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
      }),
    );
  });
});

describe('a finding', () => {
  test('has a rule of two parts, a level and a sentence', () => {
    expect(findingSchema.safeParse(FINDING).success).toBe(true);
    for (const ruleId of ['comments', 'Comments/false', 'a/b/c', '']) {
      expect(findingSchema.safeParse({ ...FINDING, ruleId }).success).toBe(false);
    }
    expect(findingSchema.safeParse({ ...FINDING, level: 'warning' }).success).toBe(false);
    expect(findingSchema.safeParse({ ...FINDING, location: { file: 'app/a.ts', line: 0 } }).success).toBe(
      false,
    );
  });

  test('is needed by a failure', () => {
    const failed = { id: 'a', outcome: 'failed', findings: [], evidence: [], durationMs: 1 };
    expect(checkResultSchema.safeParse(failed).success).toBe(false);
    expect(verdictSchema.safeParse({ outcome: 'failed', findings: [] }).success).toBe(false);
  });

  test('carries evidence of a known kind only', () => {
    expect(evidenceSchema.safeParse({ kind: 'comparison', expected: '1', observed: '2' }).success).toBe(true);
    expect(evidenceSchema.safeParse({ kind: 'comparison', expected: '1' }).success).toBe(false);
    expect(evidenceSchema.safeParse({ kind: 'html', html: '<b>' }).success).toBe(false);
  });
});
