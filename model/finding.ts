import { z } from 'zod';
import { evidenceSchema } from './evidence.ts';

/** A place in the learner's files. `file` is relative to the workshop's root (`app/src/views/search.ts`), `/` on every system. */
export const locationSchema = z.object({
  file: z.string(),
  line: z.number().int().positive().optional(),
  column: z.number().int().positive().optional(),
});

/** One thing that a failed check found, in SARIF's words. `error` fails the check, `note` does not. */
export const findingSchema = z.object({
  /** `topic/problem`, stable: mistakes name it. */
  ruleId: z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/),
  level: z.enum(['error', 'note']),
  /** One sentence: what is wrong. */
  message: z.string(),
  /** The request, the row, the line that was tried. */
  tried: z.string().optional(),
  expected: z.string().optional(),
  observed: z.string().optional(),
  /** Why it matters, for a person. */
  why: z.string().optional(),
  location: locationSchema.optional(),
  evidence: z.array(evidenceSchema).optional(),
});

export type Location = z.infer<typeof locationSchema>;
export type Finding = z.infer<typeof findingSchema>;
