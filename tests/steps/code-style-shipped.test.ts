import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseFiles } from '../../harness/source/files.ts';
import { createSources } from '../../harness/sources.ts';
import { styleFaults } from '../../harness/style/style.ts';
import { VIEWS } from '../../steps/03-code-style/reading.ts';

const root = join(import.meta.dirname, '..', '..');

test('the table of what was untidy as shipped is that of app/', async () => {
  const { parsed } = parseFiles(createSources(join(root, 'app')));
  const untidy = parsed
    .filter(({ file }) => !VIEWS.some((view) => view === file))
    .map((source) => [source.file, styleFaults(source).length] as const)
    .filter(([, count]) => count > 0);
  const table = { files: parsed.map(({ file }) => file), faults: Object.fromEntries(untidy) };
  await expect(`${JSON.stringify(table, null, 2)}\n`).toMatchFileSnapshot(
    join(root, 'steps', '03-code-style', 'shipped.json'),
  );
});
