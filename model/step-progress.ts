import type { Level, WorkshopEvent } from './event.ts';
import type { CheckResult, Verdict } from './verdict.ts';

/** Where one step stands. Dates are ISO 8601, UTC; `regressed` is a step that was done and fails now, and keeps its date. */
export interface StepProgress {
  readonly slug: string;
  readonly state: 'untouched' | 'opened' | 'failing' | 'done' | 'regressed';
  readonly doneAt: string | null;
  readonly startedAt: string | null;
  readonly hintsRevealed: number;
  readonly solutionRevealed: boolean;
  /** When they looked at the solution, or had it put into their files, for the first time. */
  readonly solutionRevealedAt: string | null;
  /** Runs that came to a verdict about the learner's code: passed or failed. */
  readonly runs: number;
  readonly running: RunUnderWay | null;
  readonly latest: LatestRun | null;
  /** The learner's own words, by the text of the question. */
  readonly answers: Readonly<Record<string, Answer>>;
  /** How they scored themselves by the rubric, the last time. */
  readonly score: { readonly level: Level; readonly at: string } | null;
}

export interface Answer {
  readonly text: string;
  readonly at: string;
}

export interface RunUnderWay {
  readonly run: string;
  readonly since: string;
  readonly checks: readonly CheckResult[];
}

/** The last run that came to an end, for showing: anything but cancelled. Errored is shown and changes no state. */
export interface LatestRun {
  readonly run: string;
  readonly at: string;
  readonly verdict: Verdict;
  readonly checks: readonly CheckResult[];
  readonly durationMs: number;
}

/**
 * One step after one event. A run counts only while it is the one that started last: what an older run says late,
 * and the end of a run whose start was never read, change nothing.
 */
export function applyToStep(before: StepProgress, event: WorkshopEvent): StepProgress {
  const step = before.startedAt === null ? { ...before, startedAt: event.at } : before;
  switch (event.type) {
    case 'run.started':
      return { ...step, running: { run: event.run, since: event.at, checks: [] } };
    case 'check.finished':
      return step.running?.run === event.run ? withCheck(step, step.running, event.check) : step;
    case 'run.finished':
      return step.running?.run === event.run ? withVerdict({ ...step, running: null }, event) : step;
    case 'step.opened':
      return step.state === 'untouched' ? { ...step, state: 'opened' } : step;
    case 'hint.revealed':
      return { ...step, hintsRevealed: Math.max(step.hintsRevealed, event.hint) };
    case 'solution.revealed':
    case 'solution.applied':
      return { ...step, solutionRevealed: true, solutionRevealedAt: step.solutionRevealedAt ?? event.at };
    case 'discussion.answered':
      return { ...step, answers: withAnswer(step.answers, event) };
    case 'discussion.scored':
      return { ...step, score: { level: event.level, at: event.at } };
    case 'step.reset':
    case 'work.restored':
      return step;
    default:
      return event satisfies never;
  }
}

export function untouchedStep(slug: string): StepProgress {
  return { slug, ...UNTOUCHED };
}

function withAnswer(
  answers: StepProgress['answers'],
  { question, answer: text, at }: Extract<WorkshopEvent, { type: 'discussion.answered' }>,
): StepProgress['answers'] {
  const others = Object.entries(answers).filter(([other]) => other !== question);
  return Object.fromEntries(text === '' ? others : [...others, [question, { text, at }]]);
}

function withCheck(step: StepProgress, running: RunUnderWay, check: CheckResult): StepProgress {
  const others = running.checks.filter((c) => c.id !== check.id);
  return { ...step, running: { ...running, checks: [...others, check] } };
}

function withVerdict(
  step: StepProgress,
  event: Extract<WorkshopEvent, { type: 'run.finished' }>,
): StepProgress {
  const { run, at, verdict, checks, durationMs } = event;
  const latest = { run, at, verdict, checks, durationMs };
  switch (verdict.outcome) {
    case 'passed':
      return { ...step, latest, runs: step.runs + 1, state: 'done', doneAt: step.doneAt ?? at };
    case 'failed':
      return { ...step, latest, runs: step.runs + 1, state: step.doneAt === null ? 'failing' : 'regressed' };
    case 'errored':
      return { ...step, latest };
    case 'cancelled':
      return step;
    default:
      return verdict satisfies never;
  }
}

const UNTOUCHED: Omit<StepProgress, 'slug'> = {
  state: 'untouched',
  doneAt: null,
  startedAt: null,
  hintsRevealed: 0,
  solutionRevealed: false,
  solutionRevealedAt: null,
  runs: 0,
  running: null,
  latest: null,
  answers: {},
  score: null,
};
