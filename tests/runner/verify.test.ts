import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createJudge, type Judge } from '../../runner/judge.ts';
import { verifySteps } from '../../runner/verify.ts';
import type { Proof } from '../../runner/verify-proof.ts';
import { findStep, loadCatalogue } from '../../store/catalogue.ts';
import { openWorkspace } from '../../store/workspace/workspace.ts';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { copyWorkshop, type WorkshopCopy } from '../scripts/workshop-copy.ts';
import { patch, SAMPLE_FILES } from '../scripts/sample-steps.ts';

const WRONG = "export const greeting = 'Good moring';";
const FOLDER = 'steps/01-spelling';

let workshop: WorkshopCopy;
let judge: Judge;
beforeAll(async () => {
  // The judge is no test of vitest's, although its parent is.
  vi.stubEnv('VITEST', undefined);
  workshop = await copyWorkshop({ ...SAMPLE_FILES, ...COMPLETE });
  const problem = { code: 'NONE', message: 'none is needed', remedy: '' };
  judge = createJudge({ root: workshop.root, database: { problem } });
});
afterAll(async () => {
  await judge.close();
  await workshop.remove();
  vi.unstubAllEnvs();
});

async function prove(slug = 'spelling'): Promise<readonly Proof[]> {
  const { root } = workshop;
  const catalogue = await loadCatalogue(root);
  return verifySteps({
    root,
    steps: [findStep(catalogue, slug)],
    catalogue,
    baseline: await (await openWorkspace({ root })).baseline(),
    judge,
    signal: new AbortController().signal,
    onProof: () => undefined,
  });
}

/** What is not proven, with one file of the step's folder as given; the file is put back. */
async function refutedWith(path: string, text: string): Promise<readonly Proof[]> {
  const before = FILES[path];
  await workshop.write(path, text);
  const proofs = await prove();
  if (before !== undefined) await workshop.write(path, before);
  return proofs.filter(({ outcome }) => outcome !== 'proven');
}

test('a complete step is proven: form, baseline, solution, alternatives, mistakes', async () => {
  const proofs = await prove();
  expect(proofs.flatMap(({ faults }) => faults)).toEqual([]);
  expect(proofs.map(({ kind }) => kind)).toEqual([
    'form',
    'baseline',
    'solution',
    ...Array(3).fill('alternative'),
    ...Array(5).fill('mistake'),
  ]);
  expect(await readdir(join(workshop.root, '.workshop', 'scratch')).catch(() => [])).toEqual([]);
});

test('an earlier step is judged again on the solution of a later one', async () => {
  const proofs = await prove('manners');
  expect(proofs.filter(({ kind }) => kind === 'earlier')).toMatchObject([
    { outcome: 'proven', name: 'steps/02-manners/solution.patch on step 1' },
  ]);
});

describe('refuted is', () => {
  test('a solution that does not pass, with what refused it', async () => {
    const refuted = await refutedWith(`${FOLDER}/solution.patch`, fix('Wrong', 'Good moring!'));
    expect(refuted).toMatchObject([{ kind: 'solution', outcome: 'refuted' }]);
    expect(refuted[0]?.faults[0]).toContain('refused by spelling/moring (app/src/greeting.ts:1)');
  });

  test('an alternative that does not pass', async () => {
    const refuted = await refutedWith(`${FOLDER}/alternatives/2.patch`, fix('Wrong', 'Good moring!'));
    expect(refuted).toMatchObject([{ kind: 'alternative', name: `${FOLDER}/alternatives/2.patch` }]);
  });

  test('a mistake that passes', async () => {
    const text = fix('Not wrong at all', 'Good morning', 'spelling/moring');
    const refuted = await refutedWith(`${FOLDER}/mistakes/1.patch`, text);
    expect(refuted[0]?.faults[0]).toBe('it passed, and was expected to be refused by spelling/moring');
  });

  test('a mistake that is refused for another reason than the one it names', async () => {
    const text = fix('Still wrong', 'Good moring?', 'spelling/no-greeting');
    const refuted = await refutedWith(`${FOLDER}/mistakes/1.patch`, text);
    expect(refuted[0]?.faults[0]).toBe(
      'expected to be refused by spelling/no-greeting, and was refused by spelling/moring alone',
    );
  });

  test('a baseline that no named rule refuses', async () => {
    const checks = FILES[`${FOLDER}/step.test.ts`]?.replace("'spelling/moring'", "'spelling/renamed'") ?? '';
    const proofs = await proveAnother('spelled', checks, 'mistakes');
    const flawed = proofs.find(({ kind }) => kind === 'baseline');
    expect(flawed).toMatchObject({ outcome: 'refuted' });
    expect(flawed?.faults[0]).toBe(
      'expected to be refused by spelling/moring, and was refused by spelling/renamed alone',
    );
  });

  test('a patch that does not apply, with its hunk', async () => {
    const text = patch('Fits nowhere', 'greeting', "export const greeting = 'Bonjour';", WRONG);
    const refuted = await refutedWith(`${FOLDER}/alternatives/1.patch`, text);
    expect(refuted).toMatchObject([{ kind: 'alternative', outcome: 'refuted' }]);
    expect(refuted[0]?.faults.join('\n')).toMatch(/alternatives\/1\.patch.*hunk 1/s);
  });

  test('a folder in which something is missing, all of it in one go', async () => {
    const refuted = await refutedWith(
      `${FOLDER}/guide.md`,
      '# Spelling\n\n## What to do\n\nStill to be written: all.\n',
    );
    expect(refuted).toMatchObject([{ kind: 'form' }]);
    expect(refuted[0]?.faults).toMatchInlineSnapshot(`
      [
        "guide.md has no section "See it hurt"",
        "guide.md has no section "What is checked"",
        "guide.md has no section "How to try"",
        "guide.md has no section "What this test can't see"",
        "guide.md: Still to be written: all.",
      ]
    `);
  });
});

test('a judge that cannot decide leaves it undecided, neither proven nor refuted', async () => {
  const checks = (FILES[`${FOLDER}/step.test.ts`] ?? '').replace('greets(', 'greeted(');
  const proofs = await proveAnother('undecided', checks, 'alternatives');
  expect(proofs.find(({ kind }) => kind === 'alternative')).toMatchObject({ outcome: 'undecided' });
});

/** A step before all others: a judge that has read a step once does not read it again. */
async function proveAnother(slug: string, checks: string, folder: 'mistakes' | 'alternatives') {
  const own = `steps/00-${slug}`;
  const [greeting, refusedBy] =
    folder === 'mistakes' ? ['Good moring?', 'spelling/moring'] : ['Good morning', undefined];
  await workshop.write(`${own}/step.test.ts`, checks);
  await workshop.write(
    `${own}/step.json`,
    (FILES[`${FOLDER}/step.json`] ?? '').replace('"spelling"', `"${slug}"`),
  );
  await workshop.write(`${own}/${folder}/1.patch`, fix('The only one', greeting, refusedBy));
  try {
    return await prove(slug);
  } finally {
    await rm(join(workshop.root, own), { recursive: true });
  }
}

function fix(title: string, greeting: string, refusedBy?: string): string {
  return patch(title, 'greeting', WRONG, `export const greeting = '${greeting}';`, refusedBy);
}

const COMPLETE: Readonly<Record<string, string>> = {
  [`${FOLDER}/guide.md`]:
    "# Spelling\n\nIt hurts.\n\n## What to do\n\n## What is checked\n\n`npm run check 1`\n\n## What this test can't see\n",
  [`${FOLDER}/discussion.md`]:
    '# Discussion\n\n## A junior\n\n## A mid-level engineer\n\n## A senior\n\n## Questions to ask\n\n## Further reading\n',
  ...Object.fromEntries(
    [1, 2, 3].map((n) => [`${FOLDER}/alternatives/${n}.patch`, fix(`Right ${n}`, `Good morning ${n}`)]),
  ),
  ...Object.fromEntries(
    [1, 2, 3, 4].map((n) => [
      `${FOLDER}/mistakes/${n}.patch`,
      fix(`Wrong ${n}`, `Good moring ${n}`, 'spelling/moring'),
    ]),
  ),
  [`${FOLDER}/mistakes/5.patch`]: fix('No greeting', 'Bad morning', 'spelling/no-greeting'),
};
const FILES: Readonly<Record<string, string>> = { ...SAMPLE_FILES, ...COMPLETE };
