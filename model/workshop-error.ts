import { z } from 'zod';

/** Why something of ours could not be done, as plain data: what an errored verdict and an error page show. */
export const problemSchema = z.object({
  /** Stable, upper case with underscores: `DATABASE_UNREACHABLE`. */
  code: z.string(),
  /** What was attempted, what was expected, what was found, and where. */
  message: z.string(),
  /** One imperative sentence or the exact command that repairs it. */
  remedy: z.string(),
});

export type Problem = z.infer<typeof problemSchema>;

/** The one error class of the workshop. Anything else that is thrown is a bug of ours. */
export class WorkshopError extends Error {
  readonly code: string;
  readonly remedy: string;

  constructor(code: string, message: string, options: { readonly remedy: string; readonly cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'WorkshopError';
    this.code = code;
    this.remedy = options.remedy;
  }
}

/** Any thrown value as a problem; what is not a `WorkshopError` is said to be our own bug, never the learner's. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof WorkshopError) {
    return { code: thrown.code, message: thrown.message, remedy: thrown.remedy };
  }
  const detail = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return { code: 'JUDGE_FAULT', message: `The workshop itself failed: ${detail}`, remedy: OUR_BUG };
}

const OUR_BUG =
  'This is a bug of the workshop and not of your code. Run the check again; if it stays, report this text.';
