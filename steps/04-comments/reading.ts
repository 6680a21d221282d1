import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { auditComments, type AuditedComment } from '../../harness/comments/audit.ts';
import type { Run } from '../../harness/run.ts';
import { parseFiles } from '../../harness/source/files.ts';
import type { ParsedSource } from '../../harness/source/parse.ts';
import { territoryOf } from '../../harness/source/territory.ts';
import type { Finding } from '../../model/finding.ts';
import { REASONS, tells, type Reason } from './reasons.ts';
import { repeats, type Repeated } from './repeats.ts';

/** A comment of the learner's, with what it is to this step. */
export interface ReadComment extends AuditedComment {
  readonly source: ParsedSource;
  /** In the file of this step, or in a new one that can be reached from it. */
  readonly own: boolean;
  readonly reasons: readonly Reason[];
  /** The shipped comment that it still is, in these or other words. */
  readonly repeated: Repeated | null;
}

export interface CommentsReading {
  readonly comments: readonly ReadComment[];
  readonly own: readonly ParsedSource[];
  readonly faults: readonly Finding[];
}

/** Reads the comments of every code file. Ask through `run.once`. */
export async function readComments(run: Run): Promise<CommentsReading> {
  const { parsed, faults } = parseFiles(run.sources);
  const shipped = readShipped();
  const { own } = territoryOf(parsed, shipped.file, shipped.files);
  const comments = parsed.flatMap((source) =>
    auditComments(source).map((comment) => {
      const isOwn = own.includes(source);
      const [firstLine = ''] = comment.code.split('\n');
      return {
        ...comment,
        source,
        own: isOwn,
        reasons: REASONS.filter((reason) => tells(reason, comment.text, firstLine)),
        repeated: repeats(comment, shipped.comments, isOwn),
      };
    }),
  );
  return { comments, own, faults };
}

function readShipped() {
  return shippedSchema.parse(JSON.parse(readFileSync(join(import.meta.dirname, 'shipped.json'), 'utf8')));
}

/** The comments over the functions of notes.ts; `tests/steps/comments-shipped.test.ts` holds them equal to `app/`. */
export const shippedSchema = z.strictObject({
  file: z.string(),
  files: z.array(z.string()),
  comments: z.array(z.strictObject({ on: z.string(), lines: z.array(z.string()) })),
});
