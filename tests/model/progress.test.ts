import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NewEvent, WorkshopEvent } from '../../model/event.ts';
import {
  applyEvent,
  currentStep,
  foldProgress,
  type Progress,
  stepProgress,
  workedAt,
} from '../../model/progress.ts';
import type { CheckResult, Verdict } from '../../model/verdict.ts';
import { FINDING, journalEvents, numbered } from './arbitrary-events.ts';

const PASSED: Verdict = { outcome: 'passed', notes: [] };
const FAILED: Verdict = { outcome: 'failed', findings: [FINDING] };
const ERRORED: Verdict = { outcome: 'errored', problem: { code: 'X', message: 'x', remedy: 'x' } };
const CANCELLED: Verdict = { outcome: 'cancelled', reason: 'superseded' };

const slug = 'comments';
const started = (run: string): NewEvent => ({ type: 'run.started', slug, run });
const finished = (run: string, verdict: Verdict): NewEvent => ({
  type: 'run.finished',
  slug,
  run,
  verdict,
  checks: [],
  durationMs: 5,
});
const whole = (run: string, verdict: Verdict): NewEvent[] => [started(run), finished(run, verdict)];
const stepAfter = (...events: readonly NewEvent[]) => stepProgress(foldProgress(numbered(events)), slug);

describe('a step', () => {
  test('that the journal never named is untouched', () => {
    expect(stepAfter()).toMatchObject({
      slug,
      state: 'untouched',
      doneAt: null,
      startedAt: null,
      runs: 0,
      latest: null,
    });
  });

  test('goes from opened over failing to done, and keeps the date at which it was', () => {
    expect(stepAfter({ type: 'step.opened', slug })).toMatchObject({
      state: 'opened',
      startedAt: '2026-01-01T00:00:00.000Z',
    });
    expect(stepAfter({ type: 'step.opened', slug }, ...whole('r1', FAILED))).toMatchObject({
      state: 'failing',
      runs: 1,
    });
    const done = stepAfter(...whole('r1', FAILED), ...whole('r2', PASSED));
    expect(done).toMatchObject({ state: 'done', doneAt: '2026-01-01T00:00:03.000Z', runs: 2 });
  });

  test('that is done and fails has regressed, and is done again with its first date', () => {
    const regressed = stepAfter(...whole('r1', PASSED), ...whole('r2', FAILED));
    expect(regressed).toMatchObject({ state: 'regressed', doneAt: '2026-01-01T00:00:01.000Z' });
    const again = stepAfter(...whole('r1', PASSED), ...whole('r2', FAILED), ...whole('r3', PASSED));
    expect(again).toMatchObject({ state: 'done', doneAt: '2026-01-01T00:00:01.000Z' });
  });

  test('is not changed by an older run that ends late', () => {
    const late = stepAfter(started('r1'), started('r2'), finished('r2', PASSED), finished('r1', FAILED));
    expect(late).toMatchObject({ state: 'done', runs: 1, latest: { run: 'r2' } });
    const meanwhile = stepAfter(started('r1'), started('r2'), finished('r1', PASSED));
    expect(meanwhile).toMatchObject({ state: 'untouched', running: { run: 'r2' }, latest: null });
  });

  test('shows an errored run and not a cancelled one, and neither changes its state', () => {
    expect(stepAfter(...whole('r1', FAILED), ...whole('r2', ERRORED))).toMatchObject({
      state: 'failing',
      runs: 1,
      running: null,
      latest: { run: 'r2', verdict: ERRORED },
    });
    expect(stepAfter(...whole('r1', FAILED), ...whole('r2', CANCELLED))).toMatchObject({
      state: 'failing',
      running: null,
      latest: { run: 'r1' },
    });
  });

  test('shows the checks of the run under way, and of no other', () => {
    const check: CheckResult = { id: 'a', outcome: 'passed', findings: [], evidence: [], durationMs: 1 };
    const events: NewEvent[] = [
      started('r1'),
      { type: 'check.finished', slug, run: 'r1', check },
      { type: 'check.finished', slug, run: 'r0', check: { ...check, id: 'b' } },
    ];
    expect(stepAfter(...events).running).toEqual({
      run: 'r1',
      since: '2026-01-01T00:00:00.000Z',
      checks: [check],
    });
    expect(stepAfter(...events, started('r2')).running?.checks).toEqual([]);
  });

  test('keeps the latest answer to each question', () => {
    const answered = (answer: string): NewEvent => ({
      type: 'discussion.answered',
      slug,
      question: 'why',
      answer,
    });
    expect(stepAfter(answered('one'), answered('two')).answers).toEqual({
      why: { text: 'two', at: '2026-01-01T00:00:01.000Z' },
    });
    expect(stepAfter(answered('one'), answered('')).answers).toEqual({});
  });

  test('keeps the first look at the solution and the latest score', () => {
    const seen = stepAfter(
      { type: 'solution.revealed', slug },
      { type: 'solution.applied', slug, backup: 'b' },
      { type: 'discussion.scored', slug, level: 'senior' },
      { type: 'discussion.scored', slug, level: 'mid-level' },
    );
    expect(seen).toMatchObject({
      solutionRevealed: true,
      solutionRevealedAt: '2026-01-01T00:00:00.000Z',
      score: { level: 'mid-level', at: '2026-01-01T00:00:03.000Z' },
    });
  });
});

describe('the time at a step', () => {
  const at = (minute: number, event: NewEvent): WorkshopEvent => ({
    v: 1,
    journal: 'j',
    seq: minute,
    at: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString(),
    ...event,
  });
  const opened = (other: string): NewEvent => ({ type: 'step.opened', slug: other });

  test('goes to the step that was open, also when the event is about another', () => {
    const events = [at(1, opened(slug)), at(5, { ...started('r1'), slug: 'other' }), at(9, opened('other'))];
    const progress = foldProgress([...events, at(12, { ...started('r2'), slug })]);
    expect([workedAt(progress, slug), workedAt(progress, 'other')]).toEqual([8 * 60_000, 3 * 60_000]);
    expect(workedAt(progress, 'toString')).toBe(0);
  });

  test('leaves breaks out, and a clock that was set back', () => {
    const progress = foldProgress([at(1, opened(slug)), at(31, started('r1')), at(62, started('r2'))]);
    expect(workedAt(progress, slug)).toBe(30 * 60_000);
    const earlier = { ...at(3, started('r3')), seq: 99 };
    expect(workedAt(applyEvent(progress, earlier), slug)).toBe(30 * 60_000);
    expect(workedAt(applyEvent(progress, { ...earlier, at: 'some day' }), slug)).toBe(30 * 60_000);
  });
});

describe('the step to go on with', () => {
  const catalogue = [{ slug: 'comments' }, { slug: 'sql-injection' }];
  test('is the one opened last, else the first that is not done', () => {
    expect(currentStep(foldProgress([]), catalogue)).toBe(catalogue[0]);
    expect(currentStep(foldProgress(numbered(whole('r1', PASSED))), catalogue)).toBe(catalogue[1]);
    expect(
      currentStep(foldProgress(numbered([{ type: 'step.opened', slug: 'sql-injection' }])), catalogue),
    ).toBe(catalogue[1]);
    expect(currentStep(foldProgress(numbered([{ type: 'step.opened', slug: 'gone' }])), catalogue)).toBe(
      catalogue[0],
    );
    expect(currentStep(foldProgress([]), [])).toBeUndefined();
  });
});

describe('any journal', () => {
  const steps = (progress: Progress) => Object.values(progress.steps);

  test('folds the same at once and in two parts, and a part delivered twice changes nothing', () => {
    fc.assert(
      fc.property(journalEvents, fc.nat(), fc.nat(), (events, cut, overlap) => {
        const at = events.length === 0 ? 0 : cut % events.length;
        const from = Math.max(0, at - overlap);
        const prefix = foldProgress(events.slice(0, at));
        expect(events.slice(from).reduce(applyEvent, prefix)).toEqual(foldProgress(events));
      }),
    );
  });

  test('never unsets or changes a date, never takes a hint back, and keeps every slug', () => {
    fc.assert(
      fc.property(journalEvents, (events) => {
        let before = foldProgress([]);
        for (const event of events) {
          const after = applyEvent(before, event);
          expect(Object.hasOwn(after.steps, event.slug)).toBe(true);
          for (const step of steps(before)) {
            const now = stepProgress(after, step.slug);
            if (step.doneAt !== null) expect(now.doneAt).toBe(step.doneAt);
            expect(now.startedAt).toBe(step.startedAt);
            expect(now.hintsRevealed).toBeGreaterThanOrEqual(step.hintsRevealed);
            expect(Number(now.solutionRevealed)).toBeGreaterThanOrEqual(Number(step.solutionRevealed));
            if (now.slug !== event.slug) expect(now).toEqual(step);
          }
          before = after;
        }
      }),
    );
  });

  test('changes a state only by an opening, or by a verdict of the run that started last', () => {
    fc.assert(
      fc.property(journalEvents, (events) => {
        let before = foldProgress([]);
        const newest = new Map<string, string>();
        for (const event of events) {
          const after = applyEvent(before, event);
          if (event.type === 'run.started') newest.set(event.slug, event.run);
          const [was, is] = [stepProgress(before, event.slug), stepProgress(after, event.slug)];
          if (was.state !== is.state || was.doneAt !== is.doneAt || was.runs !== is.runs) {
            const isJudged =
              event.type === 'run.finished' && ['passed', 'failed'].includes(event.verdict.outcome);
            expect(event.type === 'step.opened' || (isJudged && newest.get(event.slug) === event.run)).toBe(
              true,
            );
          }
          if (was.latest !== is.latest)
            expect(event).toMatchObject({ type: 'run.finished', run: newest.get(event.slug) });
          expect(is.state === 'done' || is.state === 'regressed').toBe(is.doneAt !== null);
          before = after;
        }
      }),
    );
  });
});
