import fc from 'fast-check';
import { LEVELS, type NewEvent, type WorkshopEvent } from '../../model/event.ts';
import type { CheckResult, Verdict } from '../../model/verdict.ts';

const PROBLEM = { code: 'DATABASE_UNREACHABLE', message: 'No database.', remedy: 'Start it.' };
export const FINDING = {
  ruleId: 'comments/false',
  level: 'error',
  message: 'The comment is false.',
} as const;

export const verdict: fc.Arbitrary<Verdict> = fc.constantFrom<Verdict[]>(
  { outcome: 'passed', notes: [] },
  { outcome: 'failed', findings: [FINDING] },
  { outcome: 'errored', problem: PROBLEM },
  { outcome: 'cancelled', reason: 'superseded' },
  { outcome: 'cancelled', reason: 'interrupted' },
);

export const checkResult: fc.Arbitrary<CheckResult> = fc
  .record({ id: fc.constantFrom('a', 'b', 'c'), kind: fc.nat(4) })
  .map(({ id, kind }): CheckResult => {
    if (kind === 0) return { id, outcome: 'passed', findings: [], evidence: [], durationMs: 1 };
    if (kind === 1) return { id, outcome: 'failed', findings: [FINDING], evidence: [], durationMs: 1 };
    if (kind === 2)
      return {
        id,
        outcome: 'failed',
        findings: [{ ...FINDING, level: 'note' }],
        evidence: [],
        durationMs: 1,
      };
    if (kind === 3) return { id, outcome: 'blocked', by: 'comments/false' };
    return { id, outcome: 'errored', problem: PROBLEM, durationMs: 1 };
  });

/** Few names, so that runs interleave, end late, end twice and end without having begun. */
const slug = fc.oneof(
  { weight: 8, arbitrary: fc.constant('comments') },
  { weight: 2, arbitrary: fc.constantFrom('sql-injection', '__proto__', 'toString') },
);
const run = fc.constantFrom('r1', 'r2', 'r3');
const backup = fc.constant('2026-03-01T09-30-00-000Z-reset');
const newEvent: fc.Arbitrary<NewEvent> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('run.started' as const), slug, run }) },
  fc.record({ type: fc.constant('check.finished' as const), slug, run, check: checkResult }),
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('run.finished' as const),
      slug,
      run,
      verdict,
      checks: fc.array(checkResult, { maxLength: 3 }),
      durationMs: fc.nat(),
    }),
  },
  fc.record({ type: fc.constant('step.opened' as const), slug }),
  fc.record({ type: fc.constant('hint.revealed' as const), slug, hint: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ type: fc.constant('solution.revealed' as const), slug }),
  fc.record({
    type: fc.constantFrom('solution.applied' as const, 'step.reset' as const, 'work.restored' as const),
    slug,
    backup,
  }),
  fc.record({
    type: fc.constant('discussion.answered' as const),
    slug,
    question: fc.constantFrom('q1', '__proto__'),
    answer: fc.string(),
  }),
  fc.record({ type: fc.constant('discussion.scored' as const), slug, level: fc.constantFrom(...LEVELS) }),
);

/** Events as a journal numbers them. */
export function numbered(events: readonly NewEvent[]): WorkshopEvent[] {
  return events.map((event, i) => {
    const at = new Date(Date.UTC(2026, 0, 1, 0, 0, i)).toISOString();
    return { v: 1, journal: 'j', seq: i + 1, at, ...event };
  });
}

/** A run from its start to its end, with what comes in between. */
const wholeRun: fc.Arbitrary<NewEvent[]> = fc
  .record({ slug, run, verdict, between: fc.array(newEvent, { maxLength: 2 }) })
  .map(({ between, verdict, ...of }) => [
    { type: 'run.started', ...of },
    ...between,
    { type: 'run.finished', ...of, verdict, checks: [], durationMs: 1 },
  ]);

export const journalEvents: fc.Arbitrary<WorkshopEvent[]> = fc
  .array(
    fc.oneof(
      wholeRun,
      newEvent.map((event) => [event]),
    ),
    { maxLength: 30, size: 'max' },
  )
  .map((parts) => numbered(parts.flat()));
