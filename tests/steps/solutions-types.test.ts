import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { loadCatalogue } from '../../store/catalogue.ts';
import { solved } from '../../store/solutions.ts';
import { type FileTree, surveyApp, treeOf } from '../../store/workspace/file-tree.ts';

const ROOT = join(import.meta.dirname, '..', '..');

test('the clinic compiles as shipped, and with every solution in it', { timeout: 120_000 }, async () => {
  const catalogue = await loadCatalogue(ROOT);
  const shipped = treeOf(await surveyApp(ROOT));
  const last = catalogue.at(-1);
  if (last === undefined) throw new Error('there are steps');
  const all = await solved(last, catalogue, shipped);
  expect(await errorsOf(shipped)).toBe('');
  expect(await errorsOf(all)).toBe('');
  const broken = new Map([...all, ['app/src/broken.ts', Buffer.from('export const a: number = "";\n')]]);
  expect(await errorsOf(broken)).toContain('app/src/broken.ts(1,14)');
});

/** What the compiler says of it, as `npm run build` in the clinic's own folder would. */
async function errorsOf(tree: FileTree): Promise<string> {
  // Inside the workshop, so that the types of its packages are found.
  await mkdir(join(ROOT, '.workshop'), { recursive: true });
  const folder = await mkdtemp(join(ROOT, '.workshop', 'test-types-'));
  try {
    for (const [path, bytes] of tree) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
    }
    const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
    const answer = promisify(execFile)(process.execPath, [compiler, '--noEmit', '-p', 'app'], {
      cwd: folder,
    });
    return await answer.then(
      ({ stdout }) => stdout,
      (error: unknown) => String((error as { stdout?: string }).stdout),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
