import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { aimsOf } from '../../scripts/bench/aims.ts';
import { findChromium } from '../../scripts/bench/chromium.ts';
import { figuresOf, percentile } from '../../scripts/bench/figures.ts';
import { FAILED } from '../../scripts/bench/measure.ts';
import { memoryOfTree, partOf, totalOf } from '../../scripts/bench/process-tree.ts';
import { renderFigures } from '../../scripts/bench/render-figures.ts';
import { renderMarkdown, replaceSection } from '../../scripts/bench/render-markdown.ts';
import { createSaver, touchedText } from '../../scripts/bench/saver.ts';
import { loadStepTrees } from '../../scripts/bench/step-trees.ts';
import { MEMORY } from '../../scripts/bench/whole-workshop.ts';
import { loadCatalogue } from '../../store/catalogue.ts';
import { openWorkspace } from '../../store/workspace/workspace.ts';

const ROOT = join(import.meta.dirname, '..', '..');

test('median and p95 are of the values, in whatever order they came', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
  expect(percentile(hundred, 50)).toBe(50.5);
  expect(percentile(hundred, 95)).toBe(95);
  expect(percentile([3], 50)).toBe(3);
  expect(percentile([3], 95)).toBe(3);
  expect(percentile([1, 2, 9], 50)).toBe(2);
  expect(percentile([], 95)).toBeNaN();
});

const FIGURES = figuresOf([
  { name: `${FAILED}step 7`, unit: 'ms', values: [90, 100, 110], beside: 'stock' },
  { name: `${FAILED}step 1`, unit: 'ms', values: [300, 300, 300], beside: 'stock' },
  { name: 'stock', unit: 'ms', values: [200, 200, 200], beside: 'stock' },
  { name: MEMORY, unit: 'MB', values: [236.4] },
]);

test('a figure stands beside the stock one as a ratio of medians', () => {
  expect(FIGURES[0]).toMatchObject({ unit: 'ms', runs: 3, median: 100, p95: 110, ratio: 0.5 });
  expect(renderFigures(FIGURES)).toMatchInlineSnapshot(`
    "measured                               median     p95  against stock  runs
    save to verdict, failing: step 7       100 ms  110 ms         0.50 x     3
    save to verdict, failing: step 1       300 ms  300 ms         1.50 x     3
    stock                                  200 ms  200 ms         1.00 x     3
    memory of all processes, after a save  236 MB                            1"
  `);
});

test('what was measured in turn is compared before what stands beside', () => {
  const [figure] = figuresOf([{ name: 'a', unit: 'ms', values: [100], beside: 'b', against: [50] }]);
  expect(figure?.ratio).toBe(2);
});

test('an aim says what was found; one that was not measured is not met', () => {
  const aims = aimsOf(FIGURES);
  expect(aims.find(({ aim }) => aim.includes('failing save'))).toMatchObject({
    met: false,
    found: '1 of 2; not step 1 1.50 ×',
  });
  expect(aims.find(({ aim }) => aim.includes('passing save'))).toMatchObject({
    met: null,
    found: 'not measured',
  });
  expect(aims.find(({ aim }) => aim.includes('400 MB'))).toMatchObject({ met: true, found: '236 MB' });
});

test('the tables stand between two comments of the document, and the rest stays', () => {
  const document = 'before\n<!-- here -->\n\nold\n\n<!-- end of here -->\nafter\n';
  const written = replaceSection(
    document,
    'here',
    renderMarkdown(FIGURES, aimsOf(FIGURES), 'Measured today.'),
  );
  expect(written).toMatch(/^before\n<!-- here -->\n\nMeasured today\.\n\n\| measured \|/);
  expect(written).toMatch(/\| \*\*no\*\* \|\n/);
  expect(written).toMatch(/\n<!-- end of here -->\nafter\n$/);
  expect(written).not.toContain('old');
  expect(replaceSection(written, 'here', 'old')).toBe(document);
  expect(() => replaceSection('nothing', 'here', '')).toThrow('there is no <!-- here -->');
});

describe('a save', () => {
  test.each(['app/package.json', 'app/migrations/2.sql', 'app/src/app.ts', 'app/Dockerfile'])(
    'of %s is another text each time',
    (path) => {
      const texts = [1, 2, 3].map((save) => touchedText('text\n', path, save));
      expect(new Set(texts).size).toBe(3);
      for (const text of texts) expect(text.startsWith('text\n')).toBe(true);
    },
  );

  test('writes what is another, and takes away what is no longer there', async () => {
    const root = await mkdtemp(join(tmpdir(), 'second-opinion-saver-'));
    onTestFinished(() => rm(root, { recursive: true }));
    const saver = createSaver(root);
    await saver.write(
      new Map([
        ['app/a.ts', Buffer.from('a\n')],
        ['app/b.ts', Buffer.from('b\n')],
      ]),
    );
    await saver.save(new Map([['app/a.ts', Buffer.from('a\n')]]), 'app/a.ts');
    expect(await readFile(join(root, 'app/a.ts'), 'utf8')).toBe('a\n\nexport const SAVES = 1;\n');
    await expect(readFile(join(root, 'app/b.ts'))).rejects.toThrow('ENOENT');
  });

  test('is of a file that the step is about, of a migration where it has one', async () => {
    const catalogue = await loadCatalogue(ROOT);
    const baseline = await (await openWorkspace({ root: ROOT })).baseline();
    const touched = await Promise.all(
      catalogue.map(
        async (step) => [step.number, (await loadStepTrees(step, catalogue, baseline)).touched] as const,
      ),
    );
    const of = new Map(touched);
    expect(of.get(1)?.passed).toMatch(/^app\/migrations\/.+\.sql$/);
    expect(of.get(1)?.failed).toBe('app/src/models.ts');
    expect(of.get(7)).toEqual({ failed: 'app/src/views/search.ts', passed: 'app/src/views/search.ts' });
    expect(of.get(10)?.failed).toBe('app/Dockerfile');
  });
});

test.runIf(process.platform === 'linux')('the memory of a process counts its children', async () => {
  const child = spawn('sh', ['-c', 'sleep 60 & echo ready; wait'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  onTestFinished(() => void process.kill(-(child.pid ?? 0), 'SIGKILL'));
  await once(child.stdout, 'data');
  const tree = (await memoryOfTree(child.pid ?? 0)) ?? [];
  expect(tree.map(({ part }) => part).sort()).toEqual(['daemon', 'other']);
  expect(totalOf(tree)).toBeGreaterThan(0);
});

test('a browser is the one that is named, and none when nothing is there', () => {
  expect(findChromium({ CHROMIUM_PATH: process.execPath })).toBe(process.execPath);
  expect(findChromium({ CHROMIUM_PATH: join(ROOT, 'no-browser') })).toBeNull();
});

test('processes are called by what they are for', () => {
  expect(partOf('/x/native/bin/postgres -D /x/data')).toBe('postgres');
  expect(partOf('node --import tsx /x/harness/judge/main.ts')).toBe('judge');
  expect(partOf('node C:\\x\\clinic\\child.ts')).toBe('clinic');
  expect(partOf('something else')).toBe('other');
});
