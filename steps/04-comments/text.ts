import type { Run } from '../../harness/run.ts';
import { lostReason, newNoise, overlayOf, repeating } from './findings.ts';
import { readComments } from './reading.ts';
import { REASONS } from './reasons.ts';

/** Shows every comment with its class for the X-ray, also when all are fine. */
export async function checkRepeating(run: Run): Promise<void> {
  const { comments, own, faults } = await run.once(readComments);
  faults.forEach(run.report);
  for (const source of own) run.show(overlayOf(source, comments));
  for (const comment of comments)
    if (comment.repeated !== null) run.report(repeating(comment, comment.repeated));
}

export async function checkReasons(run: Run): Promise<void> {
  const { comments, own } = await run.once(readComments);
  for (const reason of REASONS) {
    if (!comments.some((comment) => comment.reasons.includes(reason)))
      run.report(lostReason(reason, own, comments));
  }
}

/** One comment may be a matter of taste; two are a habit. */
export async function checkNewComments(run: Run): Promise<void> {
  const { comments } = await run.once(readComments);
  const noise = comments.filter(
    ({ own, verdict, repeated, reasons }) =>
      own && verdict === 'restates' && repeated === null && reasons.length === 0,
  );
  const level = noise.length > 1 ? 'error' : 'note';
  for (const comment of noise) run.report(newNoise(comment, level));
}
