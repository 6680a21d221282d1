import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseFiles } from '../../harness/source/files.ts';
import { describeShipped } from '../../harness/source/shipped.ts';
import { createSources } from '../../harness/sources.ts';
import { LOOSE } from '../../steps/05-deep-nesting/nesting.ts';

test('what is remembered of the clinic as shipped is what app/ holds', async () => {
  const { parsed } = parseFiles(createSources(join(ROOT, 'app')));
  const shipped = describeShipped(parsed, 'app/src/views/create-patient.ts', LOOSE);
  await expect(`${JSON.stringify(shipped, null, 2)}\n`).toMatchFileSnapshot(
    join(ROOT, 'steps', '05-deep-nesting', 'shipped.json'),
  );
});

const ROOT = join(import.meta.dirname, '..', '..');
