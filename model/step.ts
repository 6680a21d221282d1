import { z } from 'zod';
import { DRAWINGS } from './xray.ts';

/** `steps/NN-slug/step.json`. The number is the folder's; progress is keyed by slug, so renumbering loses nothing. */
export const stepFileSchema = z.strictObject({
  slug: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: z.string().min(3),
  /** One sentence, without markup: what is wrong and whom it hurts. */
  summary: z.string().min(10),
  /** Reading and fixing, for someone who meets it the first time. */
  minutes: z.number().int().positive(),
  /** Files of `app/` a learner is expected to touch; `reset` restores these and what the step's solution touches. */
  files: z.array(z.string().startsWith('app/')).min(1),
  /** Slugs of steps that must be solved before. */
  after: z.array(z.string()).default([]),
  /** `false` shows "not judged yet" and has no checks. */
  judged: z.boolean(),
  /** Expected checks in their order; the verdict is read by these names. */
  checks: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
      title: z.string().min(3),
      /** Heading under which the guide groups it, for steps that can go green part by part. */
      part: z.string().optional(),
    }),
  ),
  /** What the checks need of the database: `server` marks real concurrency, which one session cannot give. */
  needs: z.enum(['nothing', 'database', 'server']),
  /** The picture of the flaw, and the check whose evidence it is drawn from; without it the step has no X-ray. */
  xray: z.strictObject({ drawing: z.enum(DRAWINGS), check: z.string() }).optional(),
  /** Page of the running clinic where the flaw hurts, or that the step's files make; `null` when no page shows it. */
  clinicPath: z
    .string()
    .regex(/^\/(?!\/)[\w./~%?=&+-]*$/)
    .nullable()
    .default(null),
});

/** The first line of a mistake patch's header names the rule that must refuse it: `Refused-by: injection/syntax-error`. */
export const patchHeaderSchema = z.strictObject({
  title: z.string().min(3),
  refusedBy: z.string().optional(),
});

export type StepFile = z.infer<typeof stepFileSchema>;
export type PatchHeader = z.infer<typeof patchHeaderSchema>;

/** A step as the catalogue found it on disk. Paths are absolute. */
export interface Step extends StepFile {
  readonly number: number;
  readonly directory: string;
}
