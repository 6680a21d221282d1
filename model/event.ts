import { z } from 'zod';
import { checkResultSchema, verdictSchema } from './verdict.ts';

/** The version of events that this workshop writes. A higher one in a journal is kept and passed over. */
export const EVENT_VERSION = 1;

const envelope = {
  v: z.literal(EVENT_VERSION),
  /** Identity of the journal file. */
  journal: z.string(),
  /** Rises by one with each event of a journal. */
  seq: z.number().int().nonnegative(),
  /** ISO 8601, UTC. For people; order is by `seq`. */
  at: z.string(),
  slug: z.string(),
};

const event = <Type extends string, Fields extends z.ZodRawShape>(type: Type, fields: Fields) =>
  z.object({ ...envelope, type: z.literal(type), ...fields });

const levelSchema = z.enum(['junior', 'mid-level', 'senior']);

/** Plain data, validated on every read. `run` counts up within a journal: a run that started later is newer. */
export const workshopEventSchema = z.discriminatedUnion('type', [
  event('run.started', { run: z.string() }),
  event('check.finished', { run: z.string(), check: checkResultSchema }),
  event('run.finished', {
    run: z.string(),
    verdict: verdictSchema,
    checks: z.array(checkResultSchema),
    durationMs: z.number(),
  }),
  event('step.opened', {}),
  event('hint.revealed', { hint: z.number().int().positive() }),
  event('solution.revealed', {}),
  event('solution.applied', { backup: z.string() }),
  event('step.reset', { backup: z.string() }),
  event('work.restored', { backup: z.string() }),
  /** An empty answer takes an earlier one back. */
  event('discussion.answered', { question: z.string(), answer: z.string() }),
  event('discussion.scored', { level: levelSchema }),
]);

/** The levels of the rubric, lowest first. */
export const LEVELS = levelSchema.options;
export type Level = z.infer<typeof levelSchema>;

export type WorkshopEvent = z.infer<typeof workshopEventSchema>;

type WithoutEnvelope<E> = E extends unknown ? Omit<E, 'v' | 'journal' | 'seq' | 'at'> : never;

/** What a room hands in; the journal adds version, journal, number and time. */
export type NewEvent = WithoutEnvelope<WorkshopEvent>;
