import type { WorkshopEvent } from './event.ts';
import { applyToStep, type StepProgress, untouchedStep } from './step-progress.ts';
import { workedBetween } from './time-at-work.ts';

export type { Answer, LatestRun, RunUnderWay, StepProgress } from './step-progress.ts';

/** The journal folded. Keyed by slug, so that renumbering loses nothing and an unknown slug is kept. */
export interface Progress {
  /** Slug of the step that was opened last; `null` when none was. `currentStep` falls back on the catalogue. */
  readonly current: string | null;
  readonly steps: Readonly<Record<string, StepProgress>>;
  /** Milliseconds spent at each step, breaks left out. Of a step that is not named, none. */
  readonly worked: Readonly<Record<string, number>>;
  /** The number of the last event folded; -1 before the first. */
  readonly lastSeq: number;
  /** When that event happened; `null` before the first. */
  readonly lastAt: string | null;
}

export function foldProgress(events: readonly WorkshopEvent[]): Progress {
  return events.reduce(applyEvent, NOTHING_YET);
}

/** One event more. An event met before (`seq` not above `lastSeq`) changes nothing, so overlapping deliveries are harmless. */
export function applyEvent(progress: Progress, event: WorkshopEvent): Progress {
  if (event.seq <= progress.lastSeq) return progress;
  return {
    current: event.type === 'step.opened' ? event.slug : progress.current,
    steps: { ...progress.steps, [event.slug]: applyToStep(stepProgress(progress, event.slug), event) },
    worked: withTime(progress, event),
    lastSeq: event.seq,
    lastAt: event.at,
  };
}

/** A step's progress; untouched when the journal never named it. */
export function stepProgress(progress: Progress, slug: string): StepProgress {
  const known = Object.hasOwn(progress.steps, slug) ? progress.steps[slug] : undefined;
  return known ?? untouchedStep(slug);
}

/** Milliseconds spent at a step. */
export function workedAt({ worked }: Progress, slug: string): number {
  return (Object.hasOwn(worked, slug) ? worked[slug] : undefined) ?? 0;
}

/** The step to go on with: the one opened last, else the first of the catalogue that is not done, else the first. */
export function currentStep<S extends { readonly slug: string }>(
  progress: Progress,
  catalogue: readonly S[],
): S | undefined {
  const opened = catalogue.find((step) => step.slug === progress.current);
  return (
    opened ?? catalogue.find((step) => stepProgress(progress, step.slug).state !== 'done') ?? catalogue[0]
  );
}

/** What passed since the event before belongs to the step that was open then, whatever step the new event is about. */
function withTime(progress: Progress, event: WorkshopEvent): Progress['worked'] {
  const passed = workedBetween(progress.lastAt, event.at);
  if (passed === 0) return progress.worked;
  const slug = progress.current ?? event.slug;
  return { ...progress.worked, [slug]: workedAt(progress, slug) + passed };
}

const NOTHING_YET: Progress = { current: null, steps: {}, worked: {}, lastSeq: -1, lastAt: null };
