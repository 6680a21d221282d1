import { z } from 'zod';
import { checkResultSchema } from './verdict.ts';
import { problemSchema } from './workshop-error.ts';

/** Where PostgreSQL is reached, as the daemon hands it to the judge; `null` when none could be started, with the reason. */
const databaseSchema = z.union([
  z.object({ address: z.looseObject({ kind: z.enum(['server', 'native', 'embedded']) }) }),
  z.object({ problem: problemSchema }),
]);

/** What is asked of the judge's process. One run at a time; a cancelled one still answers `run.finished`. */
export const judgeOrderSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('open'), root: z.string(), database: databaseSchema }),
  z.object({
    type: z.literal('run'),
    run: z.string(),
    /** Absolute folder of the step. */
    directory: z.string(),
    /** The expected checks, in order. */
    checks: z.array(z.string()),
    needs: z.enum(['nothing', 'database', 'server']),
    /** Absolute folder of the `app` to judge; only ever read. */
    app: z.string(),
    seed: z.number().int(),
  }),
  z.object({ type: z.literal('cancel'), run: z.string() }),
  /** Prepare for the next run of this `app`: a database, a tap, a waiting clinic process. */
  z.object({ type: z.literal('warm'), app: z.string() }),
  z.object({ type: z.literal('close') }),
]);

/** What the judge's process says. It never loads learner code, so its word counts. */
export const judgeReportSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('opened') }),
  z.object({ type: z.literal('check.finished'), run: z.string(), check: checkResultSchema }),
  z.object({
    type: z.literal('run.finished'),
    run: z.string(),
    checks: z.array(checkResultSchema),
    cancelled: z.boolean(),
    durationMs: z.number(),
  }),
  z.object({ type: z.literal('warmed') }),
  z.object({ type: z.literal('closed') }),
]);

export type JudgeOrder = z.infer<typeof judgeOrderSchema>;
export type JudgeReport = z.infer<typeof judgeReportSchema>;
export type RunOrder = Extract<JudgeOrder, { type: 'run' }>;
