import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { violations } from './architecture/rules.ts';
import { readSources } from './architecture/source-file.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

test('the house stands as architecture says: rooms, floors, names, sizes', async () => {
  const sources = await readSources(ROOT);
  expect(sources.length).toBeGreaterThan(20);
  expect(violations(sources).join('\n')).toBe('');
});

describe('the checker refuses', () => {
  const broken = (path: string, text: string): string[] => violations([{ path, text }]);

  test.each([
    ['a room above', 'store/a.ts', "import { run } from '../runner/run.ts';"],
    ['a neighbour', 'store/a.ts', "import { tap } from '../database/tap.ts';"],
    [
      'a neighbour, the other way',
      'database/a.ts',
      "import { openJournal } from '../store/journal/journal.ts';",
    ],
    ['a neighbour above', 'runner/a.ts', "import { page } from '../docs/page.ts';"],
    ['a type of a neighbour', 'docs/a.ts', "import type { Run } from '../runner/run.ts';"],
    ['a type by its place', 'docs/a.ts', "export type Run = import('../runner/run.ts').Run;"],
    ['something exported again', 'docs/a.ts', "export { run } from '../runner/run.ts';"],
    ['all of it exported again', 'docs/a.ts', "export * from '../runner/run.ts';"],
    ['an import at its time', 'runner/a.ts', "export const judge = () => import('../harness/judge.ts');"],
    ['a require', 'runner/a.ts', "export const judge = require('../harness/judge.ts');"],
    ['the learner’s code', 'runner/a.ts', "import { app } from '../app/src/server.ts';"],
    ['the learner’s code in a test', 'tests/a.test.ts', "import { app } from '../app/src/server.ts';"],
    ['ours in the learner’s code', 'app/src/a.ts', "import { Step } from '../../model/step.ts';"],
    ['the store in the clinic', 'clinic/a.ts', "import { openJournal } from '../store/journal/journal.ts';"],
    ['the store in a harness', 'harness/a.ts', "import { openJournal } from '../store/journal/journal.ts';"],
    [
      'more than the harness in a step',
      'steps/01-a/step.test.ts',
      "import { tap } from '../../database/tap.ts';",
    ],
    ['another step', 'steps/01-a/step.test.ts', "import { x } from '../02-b/x.ts';"],
    ['a package in a step', 'steps/01-a/step.test.ts', "import pg from 'pg';"],
    ['a package in the model', 'model/a.ts', "import { readFile } from 'node:fs/promises';"],
    ['a room that nobody named', 'garage/a.ts', "import { Step } from '../model/step.ts';"],
    ['a place outside', 'scripts/a.ts', "import { x } from '../../elsewhere/x.ts';"],
  ])('%s, imported', (_, path, text) => {
    expect(broken(path, text)).toHaveLength(1);
  });

  test('a circle, of types too', () => {
    const circle = violations([
      { path: 'store/a.ts', text: "import type { B } from './b.ts';\nexport type A = B;" },
      { path: 'store/b.ts', text: "export type { A as B } from './c.ts';" },
      { path: 'store/c.ts', text: "export { A } from './a.ts';" },
    ]);
    expect(circle).toEqual([
      expect.stringContaining('store/a.ts -> store/b.ts -> store/c.ts -> store/a.ts is a circle.'),
    ]);
  });

  test.each([
    ['a name that says nothing', 'store/utils.ts', ''],
    ['a folder that says nothing', 'store/helpers/lock.ts', ''],
    ['a long file', 'store/a.ts', 'export {};\n'.repeat(301)],
    ['`any`', 'store/a.ts', 'export const a = (b: any) => b;'],
    ['`!`', 'store/a.ts', 'export const a = (b?: string) => b!.length;'],
    ['a silenced compiler', 'store/a.ts', '// @ts-' + 'expect-error because\nexport const a = 1;'],
    ['a place on one machine', 'docs/a.md', 'Look into /' + 'work/main/store.'],
    ['a place of one moment', 'store/a.ts', "export const a = '/" + "tmp/x';"],
  ])('%s', (_, path, text) => {
    expect(broken(path, text)).toHaveLength(1);
  });

  test('what it cannot read', () => {
    expect(() => broken('store/a.ts', 'export const = 1;')).toThrow('store/a.ts cannot be parsed');
  });

  test('and says what to do instead', () => {
    expect(broken('store/a.ts', "\nimport { run } from '../runner/run.ts';")).toMatchInlineSnapshot(`
      [
        "store/a.ts:2 imports ../runner/run.ts. store/ may import model/: an import points down a floor or more, and neighbours never import each other. Hand the thing in from above, or move its words to model/.",
      ]
    `);
  });
});

test('the checker allows what the rules allow', () => {
  const allowed = [
    [
      'runner/a.ts',
      "import { z } from 'zod';\nimport { openJournal } from '../store/journal/journal.ts';\nimport './b.ts';",
    ],
    [
      'steps/01-a/step.test.ts',
      "import { x } from '../../harness/x.ts';\nimport { join } from 'node:path';\nimport { y } from './y.ts';",
    ],
    ['app/src/utils.ts', "import { a } from './index.js';\nexport const b: any = a!;"],
    ['docs/a.md', 'RUN rm -rf /tmp/* in a layer; see https://example.org/work/main and ./tmp/x'],
    ['fixtures/docker/a.json', '{"run": "rm /' + 'tmp/.secrets"}'],
    ['store/a.ts', "export const any = 'any!'; // any !"],
  ] as const;
  expect(violations(allowed.map(([path, text]) => ({ path, text })))).toEqual([]);
});
