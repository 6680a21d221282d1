import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { figuresOf } from '../../harness/comments/figures.ts';

const folder = join(import.meta.dirname, '..', '..', 'steps', '04-comments');

test.each(['tuning', 'held-out'])('the figures of the half %s are those that are published', async (half) => {
  const { comments } = labelledSchema.parse(
    JSON.parse(await readFile(join(folder, 'labelled.json'), 'utf8')),
  );
  expect(comments.length).toBeGreaterThanOrEqual(100);
  const figures = figuresOf(comments.filter((comment) => comment.half === half));
  const published = await readFile(join(folder, 'classifier.md'), 'utf8');
  const { precision, recall } = figures;
  expect(published).toContain(
    `| ${half} | ${figures.comments} | ${precision.toFixed(3)} | ${recall.toFixed(3)} |`,
  );
  for (const misjudged of [...figures.missed, ...figures.accused]) {
    expect(published.replace(/\s+/g, ' ')).toContain(`"${misjudged.replace(/\.$/, '')}`);
  }
});

const labelledSchema = z.object({
  comments: z.array(z.object({ half: z.string(), restates: z.boolean(), source: z.string() })),
});
