import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Step } from '../../model/step.ts';
import { fittingSolution } from '../../store/fitting-solution.ts';
import { createPatch } from '../../store/patches.ts';
import type { FileTree } from '../../store/workspace/file-tree.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { shown } from './workspace-fixture.ts';

const tree = (files: Readonly<Record<string, string>>): FileTree =>
  new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
const LINES = Array.from({ length: 20 }, (_, i) => `line ${i + 1}\n`).join('');
const three = (text: string) => text.replace('line 3\n', 'three\nand a half\n');
const nine = (text: string) => text.replace('line 9', 'nine');

const shipped = tree({ 'app/a': LINES, 'app/b': LINES });
const afterThree = tree({ 'app/a': three(LINES), 'app/b': LINES, 'app/new': 'made by three\n' });
const afterNine = tree({ 'app/a': nine(three(LINES)), 'app/b': nine(LINES), 'app/new': 'changed by nine\n' });

async function steps(): Promise<readonly [Step, Step]> {
  const root = await temporaryFolder({
    'steps/03-three/solution.patch': createPatch(shipped, afterThree, { title: 'Three' }),
    'steps/09-nine/solution.patch': createPatch(afterThree, afterNine, { title: 'Nine' }),
  });
  const step = (number: number, slug: string): Step => ({
    slug,
    title: slug,
    summary: 'Something is wrong.',
    minutes: 10,
    files: ['app/a'],
    after: [],
    judged: false,
    checks: [],
    needs: 'nothing',
    clinicPath: null,
    number,
    directory: join(root, 'steps', `0${number}-${slug}`),
  });
  return [step(3, 'three'), step(9, 'nine')];
}

const fitting = async (mine: FileTree) => {
  const catalogue = await steps();
  return fittingSolution(catalogue[1], catalogue, shipped, mine);
};

test('somebody who skipped the earlier step sees the solution without it', async () => {
  const { tree: found, paths } = await fitting(shipped);
  expect(paths).toEqual(['app/a', 'app/b', 'app/new']);
  expect(shown(found)).toMatchObject({ 'app/a': nine(LINES), 'app/b': nine(LINES) });
});

test('somebody who solved it sees both, also when they changed other lines', async () => {
  const mine = tree({ ...shown(afterThree), 'app/a': `${three(LINES)}// mine\n` });
  expect(shown((await fitting(mine)).tree)).toEqual(shown(afterNine));
});

test('a file that needs the earlier step is shown as it is with both', async () => {
  expect(shown((await fitting(shipped)).tree)['app/new']).toBe('changed by nine\n');
});

test('the solution itself, and a file that is gone, find the whole solution', async () => {
  expect(shown((await fitting(afterNine)).tree)).toEqual(shown(afterNine));
  expect(shown((await fitting(tree({}))).tree)['app/a']).toBe(nine(three(LINES)));
});
