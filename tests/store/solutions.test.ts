import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Step } from '../../model/step.ts';
import { createPatch } from '../../store/patches.ts';
import { loadPatches, mergeSolution, solved, treeBefore } from '../../store/solutions.ts';
import type { FileTree } from '../../store/workspace/file-tree.ts';
import { refusal } from './refusal.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { shown } from './workspace-fixture.ts';

const tree = (files: Readonly<Record<string, string>>): FileTree =>
  new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
const LINES = Array.from({ length: 20 }, (_, i) => `line ${i + 1}\n`).join('');

function step(root: string, number: number, slug: string): Step {
  const directory = join(root, 'steps', `${String(number).padStart(2, '0')}-${slug}`);
  const texts = { slug, title: slug, summary: 'Something is wrong.', minutes: 10, files: ['app/a'] };
  return {
    ...texts,
    after: [],
    judged: false,
    checks: [],
    needs: 'nothing',
    clinicPath: null,
    number,
    directory,
  };
}

describe("a step's tree", () => {
  const shipped = tree({ 'app/a': LINES });
  const afterThree = tree({ 'app/a': LINES.replace('line 3\n', 'three\nand a half\n') });
  const afterNine = tree({
    'app/a': LINES.replace('line 3\n', 'three\nand a half\n').replace('line 9', 'nine'),
  });

  async function twoSteps(): Promise<readonly [Step, Step, Step]> {
    const root = await temporaryFolder({
      'steps/03-three/solution.patch': createPatch(shipped, afterThree, { title: 'Three' }),
      'steps/09-nine/solution.patch': createPatch(afterThree, afterNine, { title: 'Nine' }),
    });
    return [step(root, 9, 'nine'), step(root, 3, 'three'), step(root, 5, 'without')];
  }

  test('before it holds the solutions of all lower numbers, in their order', async () => {
    const catalogue = await twoSteps();
    const [nine, three, without] = catalogue;
    expect(await treeBefore(three, catalogue, shipped)).toEqual(shipped);
    expect(shown(await treeBefore(nine, catalogue, shipped))).toEqual(shown(afterThree));
    expect(shown(await treeBefore(without, catalogue, shipped))).toEqual(shown(afterThree));
    const last = { ...without, number: 12 };
    expect(shown(await treeBefore(last, [...catalogue, last], shipped))).toEqual(shown(afterNine));
  });

  test('solved holds its own besides, and is an error when there is none', async () => {
    const catalogue = await twoSteps();
    expect(shown(await solved(catalogue[0], catalogue, shipped))).toEqual(shown(afterNine));
    expect(await refusal(() => solved(catalogue[2], catalogue, shipped))).toMatchInlineSnapshot(`
      "SOLUTION_MISSING
      The solution of step 5 was wanted, and there is no steps/05-without/solution.patch.
      > Write it: \`npm run author edit 5 solution\`, then \`npm run author save\`."
    `);
  });

  test('has patches by the names of their files, and a mistake must name its rule', async () => {
    const text = createPatch(shipped, afterThree, { title: 'Three' });
    const mistake = createPatch(shipped, afterThree, { title: 'Wrong', refusedBy: 'style/names' });
    const root = await temporaryFolder({
      'steps/03-three/alternatives/b.patch': text,
      'steps/03-three/alternatives/a.patch': text,
      'steps/03-three/alternatives/README.md': '',
      'steps/03-three/mistakes/a.patch': mistake,
      'steps/04-four/mistakes/a.patch': text,
    });
    const patches = await loadPatches(step(root, 3, 'three'));
    expect(patches.solution).toBeNull();
    expect(patches.alternatives.map((patch) => patch.file)).toEqual([
      'steps/03-three/alternatives/a.patch',
      'steps/03-three/alternatives/b.patch',
    ]);
    expect(patches.mistakes.map((patch) => patch.refusedBy)).toEqual(['style/names']);
    expect(await refusal(() => loadPatches(step(root, 4, 'four')))).toContain(
      'steps/04-four/mistakes/a.patch: expected a header line',
    );
  });
});

describe('merging a solution into what the learner wrote', () => {
  const base = { 'app/a': LINES, 'app/other': 'other\n' };
  const theirs = { 'app/a': LINES.replace('line 3', 'three'), 'app/other': 'other\n', 'app/new': 'new\n' };
  const merge = (
    mine: Readonly<Record<string, string>>,
    solution: Readonly<Record<string, string>> = theirs,
  ) => mergeSolution(tree(mine), tree(base), tree(solution));
  const written = (merged: ReturnType<typeof merge>) => {
    if (merged.outcome === 'conflicts') return merged.conflicts;
    return Object.fromEntries(
      [...merged.changes].map(([path, bytes]) => [path, bytes === null ? null : bytes.toString()]),
    );
  };

  test('takes the solution where nothing was touched', () => {
    expect(written(merge(base))).toEqual({ 'app/a': theirs['app/a'], 'app/new': 'new\n' });
  });

  test('keeps their changes elsewhere in the file and in other files', () => {
    const mine = {
      ...base,
      'app/a': LINES.replace('line 15', 'mine'),
      'app/other': 'mine\n',
      'app/extra': 'mine\n',
    };
    expect(written(merge(mine))).toEqual({
      'app/a': LINES.replace('line 3', 'three').replace('line 15', 'mine'),
      'app/new': 'new\n',
    });
  });

  test('finds nothing to do where they did the same', () => {
    expect(written(merge({ ...theirs, 'app/other': 'mine\n' }))).toEqual({});
  });

  test('says which lines of theirs are at odds, and hands back nothing to write', () => {
    const mine = { ...base, 'app/a': LINES.replace('line 3\n', 'drei\ndrei\n').replace('line 15', 'mine') };
    expect(merge(mine)).toEqual({
      outcome: 'conflicts',
      conflicts: [
        { file: 'app/a', lines: { from: 3, to: 4 }, reason: 'you and the solution changed the same lines' },
      ],
    });
  });

  test('says where a line that the solution changes was deleted', () => {
    const mine = { ...base, 'app/a': LINES.replace('line 3\n', '') };
    expect(written(merge(mine))).toMatchObject([{ file: 'app/a', lines: { from: 3, to: 3 } }]);
  });

  test('says where whole files are at odds', () => {
    expect(written(merge({ 'app/other': 'other\n', 'app/new': 'mine\n' }))).toEqual([
      { file: 'app/a', lines: null, reason: 'the solution changes the file, and you deleted it' },
      { file: 'app/new', lines: null, reason: 'the solution makes the file, and you made one of that name' },
    ]);
    expect(written(merge({ ...base, 'app/other': 'mine\n' }, { 'app/a': LINES }))).toEqual([
      { file: 'app/other', lines: null, reason: 'the solution deletes the file, and you changed it' },
    ]);
  });

  test('deletes what the solution deletes and nobody touched', () => {
    expect(written(merge(base, { 'app/a': LINES }))).toEqual({ 'app/other': null });
  });

  test('keeps the lines of Windows that an editor made', () => {
    const windows = (text: string) => text.replaceAll('\n', '\r\n');
    const mine = { ...base, 'app/a': windows(LINES.replace('line 15', 'mine')) };
    expect(written(merge(mine))).toMatchObject({
      'app/a': windows(LINES.replace('line 3', 'three').replace('line 15', 'mine')),
    });
  });

  test('keeps a missing newline at the end', () => {
    const mine = { ...base, 'app/a': LINES.trimEnd() };
    expect(written(merge(mine))).toMatchObject({ 'app/a': LINES.replace('line 3', 'three').trimEnd() });
  });
});
