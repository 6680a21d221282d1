import type { NewEvent } from '../model/event.ts';
import type { Step } from '../model/step.ts';
import { WorkshopError } from '../model/workshop-error.ts';

export interface HintRequest {
  readonly step: Step;
  /** The step's hints, mildest first. */
  readonly hints: readonly string[];
  /** How many were revealed before. */
  readonly revealed: number;
  record(event: NewEvent): Promise<unknown>;
}

export interface RevealedHint {
  /** From 1. */
  readonly number: number;
  readonly of: number;
  /** Markdown. */
  readonly text: string;
  /** `last`: it had been revealed before, and there is no further one. */
  readonly news: 'new' | 'last';
}

/** The next hint; the last one again when all are out. Throws `HINTS_MISSING` when the step has none. */
export async function revealHint({ step, hints, revealed, record }: HintRequest): Promise<RevealedHint> {
  const number = Math.min(revealed + 1, hints.length);
  const text = hints[number - 1];
  if (text === undefined) throw withoutHints(step);
  const news = revealed < hints.length ? 'new' : 'last';
  if (news === 'new') await record({ type: 'hint.revealed', slug: step.slug, hint: number });
  return { number, of: hints.length, text, news };
}

function withoutHints(step: Step): WorkshopError {
  return new WorkshopError('HINTS_MISSING', `Step ${step.number} (${step.slug}) has no hints yet.`, {
    remedy: `Read its guide; an author writes them into steps/*-${step.slug}/hints.md.`,
  });
}
