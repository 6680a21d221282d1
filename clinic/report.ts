import { z } from 'zod';

const frameSchema = z.object({ file: z.string(), line: z.number(), column: z.number(), name: z.string() });

/**
 * What a clinic process says about itself, one JSON line each on descriptor 4.
 * It comes from a process that runs the learner's code, so it is untrusted: it may explain a failure, never a pass.
 */
export const reportSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('listening'), port: z.number() }),
  z.object({
    type: z.literal('load-failed'),
    name: z.string(),
    message: z.string(),
    code: z.string(),
    stack: z.string(),
  }),
  z.object({
    type: z.literal('crashed'),
    origin: z.string(),
    name: z.string(),
    message: z.string(),
    code: z.string(),
    stack: z.string(),
  }),
  z.object({ type: z.literal('exit-called'), code: z.number(), stack: z.string() }),
  z.object({ type: z.literal('kill-called'), signal: z.string(), stack: z.string() }),
  z.object({ type: z.literal('blocked'), milliseconds: z.number(), frames: z.array(frameSchema) }),
  z.object({ type: z.literal('memory'), bytes: z.number(), frames: z.array(frameSchema) }),
]);

export type ClinicReport = z.infer<typeof reportSchema>;
export type Frame = z.infer<typeof frameSchema>;

/** What the parent tells a waiting clinic process, over IPC. */
export interface LoadOrder {
  readonly type: 'load';
  /** Absolute path of the scratch copy's `app` folder; becomes the working directory. */
  readonly directory: string;
  /** Absolute path of the module to import. */
  readonly entry: string;
  /** Replaces the whole environment. */
  readonly environment: Readonly<Record<string, string>>;
}
