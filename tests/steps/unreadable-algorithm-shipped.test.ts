import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseFiles } from '../../harness/source/files.ts';
import { describeShipped } from '../../harness/source/shipped.ts';
import { createSources } from '../../harness/sources.ts';
import { ELSEWHERE } from '../../steps/09-unreadable-algorithm/text.ts';

test('what is remembered of the clinic as shipped is what app/ holds', async () => {
  const { parsed } = parseFiles(createSources(join(ROOT, 'app')));
  const shipped = describeShipped(parsed, 'app/src/views/reports.ts', ELSEWHERE);
  await expect(`${JSON.stringify(shipped, null, 2)}\n`).toMatchFileSnapshot(
    join(ROOT, 'steps', '09-unreadable-algorithm', 'shipped.json'),
  );
});

const ROOT = join(import.meta.dirname, '..', '..');
