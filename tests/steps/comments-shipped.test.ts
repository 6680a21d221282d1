import { join } from 'node:path';
import { expect, test } from 'vitest';
import { auditComments } from '../../harness/comments/audit.ts';
import { parseFiles } from '../../harness/source/files.ts';
import { createSources } from '../../harness/sources.ts';

const root = join(import.meta.dirname, '..', '..');

test('the comments that the step knows are those of app/', async () => {
  const { parsed } = parseFiles(createSources(join(root, 'app')));
  const notes = parsed.filter(({ file }) => file === VIEW).flatMap(auditComments);
  const comments = notes
    .filter(({ text }) => text.startsWith('This function'))
    .map(({ block, code }) => ({ on: /function (\w+)/.exec(code)?.[1], lines: block.words }));
  const table = { file: VIEW, files: parsed.map(({ file }) => file), comments };
  await expect(`${JSON.stringify(table, null, 2)}\n`).toMatchFileSnapshot(
    join(root, 'steps', '04-comments', 'shipped.json'),
  );
});

const VIEW = 'app/src/views/notes.ts';
