import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { loadCatalogue } from '../../store/catalogue.ts';
import { applyPatch, type Patch } from '../../store/patches.ts';
import { loadPatches, solvedFrom, treeBefore } from '../../store/solutions.ts';
import { surveyApp, treeOf } from '../../store/workspace/file-tree.ts';
import { createAppCompiler } from './app-compiler.ts';

const ROOT = join(import.meta.dirname, '..', '..');

test(
  'the clinic compiles as shipped, with each solution, and with each alternative to it',
  { timeout: 120_000 },
  async () => {
    const catalogue = await loadCatalogue(ROOT);
    const shipped = treeOf(await surveyApp(ROOT));
    const compiler = createAppCompiler(ROOT);
    expect(compiler.errorsOf(shipped)).toBe('');
    const errors: Record<string, string> = {};
    const compiled: string[] = [];
    for (const step of catalogue) {
      const before = await treeBefore(step, catalogue, shipped);
      const { alternatives } = await loadPatches(step);
      const trees = [
        ['solution.patch', await solvedFrom(before, step)] as const,
        ...alternatives
          .filter(changesCode)
          .map((patch) => [basename(patch.file), applyPatch(before, patch)] as const),
      ];
      for (const [name, tree] of trees) {
        const found = compiler.errorsOf(tree);
        compiled.push(`${step.number} ${name}`);
        if (found !== '') errors[`${step.number} ${name}`] = found;
      }
    }
    expect(errors).toEqual({});
    // Of ten solutions and what is TypeScript among their alternatives.
    expect(compiled.length).toBeGreaterThan(40);
  },
);

test('a type that does not fit is seen, and no more when it is gone', { timeout: 120_000 }, async () => {
  const shipped = treeOf(await surveyApp(ROOT));
  const compiler = createAppCompiler(ROOT);
  const broken = new Map([...shipped, ['app/src/broken.ts', Buffer.from('export const a: number = "";\n')]]);
  const unclosed = new Map([...shipped, ['app/src/broken.ts', Buffer.from('export const a = {;\n')]]);
  const page = shipped.get('app/src/html.ts')?.toString('utf8') ?? '';
  const renamed = new Map([
    ...shipped,
    ['app/src/html.ts', Buffer.from(page.replace('export function sendPage', 'export function sendOther'))],
  ]);
  expect(compiler.errorsOf(broken)).toContain('app/src/broken.ts(1,14)');
  expect(compiler.errorsOf(unclosed)).toContain('app/src/broken.ts(1,19)');
  // A fault that shows in another file than the one that was changed.
  expect(compiler.errorsOf(renamed)).toContain('app/src/views/facilities.ts');
  expect(compiler.errorsOf(shipped)).toBe('');
});

const changesCode = ({ diff }: Patch) => /^\+\+\+ b\/app\/(src\/.*\.ts|tsconfig\.json)$/m.test(diff);
