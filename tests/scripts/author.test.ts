import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SAMPLE_FILES } from './sample-steps.ts';
import { copyWorkshop, type WorkshopCopy } from './workshop-copy.ts';

let workshop: WorkshopCopy;
beforeAll(async () => void (workshop = await copyWorkshop(SAMPLE_FILES)));
afterAll(() => workshop.remove());

const read = (path: string) => readFile(join(workshop.root, path), 'utf8');

test('a new step has every file in place, and verify names what is still to be written', async () => {
  const made = await workshop.cli('author', 'new', 'open-redirects');
  expect(made.code).toBe(0);
  expect(made.out).toMatchInlineSnapshot(`
    "Made:
      steps/04-open-redirects/step.json
      steps/04-open-redirects/step.test.ts
      steps/04-open-redirects/guide.md
      steps/04-open-redirects/hints.md
      steps/04-open-redirects/discussion.md
      steps/04-open-redirects/facilitator.md
    npm run author verify says what is still missing; CONTRIBUTING.md leads through it.
    "
  `);
  const { code, out } = await workshop.cli('author', 'verify', 'open-redirects', '--json');
  expect(code).not.toBe(0);
  const [step] = (JSON.parse(out) as { steps: { proofs: { kind: string; faults: string[] }[] }[] }).steps;
  const form = step?.proofs.find(({ kind }) => kind === 'form');
  expect(form?.faults).toContain('solution.patch is missing');
  expect(form?.faults.join('\n')).toContain('guide.md: Still to be written');
  expect(form?.faults.join('\n')).not.toContain('has no section');
  expect((await workshop.cli('author', 'new', 'open-redirects')).err).toContain(
    'There is a step "open-redirects" already',
  );
  expect((await workshop.cli('author', 'new', 'Open Redirects')).code).toBe(2);
});

describe('a patch', () => {
  test('is edited as files and stored back, with its header', async () => {
    const begun = await workshop.cli('author', 'edit', 'spelling', 'mistakes/shouted');
    expect(begun.code).toBe(0);
    const app = '.workshop/author/01-spelling/mistakes/shouted/app';
    expect(begun.out).toContain(app);
    expect((await workshop.cli('author', 'save')).err).toContain('changes no file');

    await workshop.write(
      `${app}/src/greeting.ts`,
      (await read(`${app}/src/greeting.ts`)).replace('moring', 'moring!'),
    );
    expect((await workshop.cli('author', 'save')).err).toContain('--title');
    expect((await workshop.cli('author', 'save', '--title', 'Shouted')).err).toContain('--refused-by');
    const saved = await workshop.cli(
      'author',
      'save',
      '--title',
      'Shouted',
      '--refused-by',
      'spelling/moring',
    );
    expect(saved.code).toBe(0);
    expect(await read('steps/01-spelling/mistakes/shouted.patch')).toMatchInlineSnapshot(`
      "Title: Shouted
      Refused-by: spelling/moring

      --- a/app/src/greeting.ts
      +++ b/app/src/greeting.ts
      @@ -1,4 +1,4 @@
      -export const greeting = 'Good moring';
      +export const greeting = 'Good moring!';
       
       // Patients read it first.
       
      "
    `);

    await workshop.write(
      `${app}/src/greeting.ts`,
      (await read(`${app}/src/greeting.ts`)).replace('moring!', 'moring?'),
    );
    expect((await workshop.cli('author', 'save', 'spelling', 'mistakes/shouted')).code).toBe(0);
    expect(await read('steps/01-spelling/mistakes/shouted.patch')).toContain(
      'Title: Shouted\nRefused-by: spelling/moring',
    );
    expect((await workshop.cli('author', 'edit', '1', 'mistakes/shouted')).out).toContain('Go on with');
  });

  test('of a later step begins with the solutions of the earlier ones', async () => {
    await workshop.cli('author', 'edit', 'manners', 'solution');
    const folder = '.workshop/author/02-manners/solution/app/src';
    expect(await read(`${folder}/greeting.ts`)).toContain('Good morning');
    expect(await read(`${folder}/farewell.ts`)).toContain('we wish you well');
  });

  test('whose beginning changed meanwhile is not saved, because that would undo the change', async () => {
    const solution = await read('steps/01-spelling/solution.patch');
    try {
      await workshop.write(
        'steps/01-spelling/solution.patch',
        solution.replaceAll('Good morning', 'Good  morning'),
      );
      const { code, err } = await workshop.cli('author', 'save', 'manners', 'solution');
      expect(code).toBe(2);
      expect(err).toContain('--fresh');
    } finally {
      await workshop.write('steps/01-spelling/solution.patch', solution);
    }
  });

  test.each(['solutions', '../solution', 'mistakes/../solution', 'alternatives/'])(
    'is not named %s',
    async (name) => {
      expect((await workshop.cli('author', 'edit', '1', name)).err).toContain('names no patch of a step');
    },
  );
});

test('verify says how each patch came out, and ends with a table', async () => {
  const { code, out } = await workshop.cli('author', 'verify', 'spelling');
  expect(code).toBe(1);
  expect(out).toMatch(/^✗ refuted {8}form {9}the folder/);
  expect(out).toMatch(/^✓ proven {9}solution {5}steps\/01-spelling\/solution\.patch/m);
  expect(out).toMatch(
    /✗ refuted +1 {2}spelling {2}form 0\/1, baseline 1\/1, solution 1\/1, mistake 1\/1, .*\n$/,
  );
});

test('the baseline is only written of a clinic that git knows', async () => {
  const before = await read('steps/baseline.json');
  const refused = await workshop.cli('author', 'baseline');
  expect(refused.code).toBe(2);
  expect(await read('steps/baseline.json')).toBe(before);
  await workshop.write('app/src/new.ts', 'export {};\n');
  expect((await workshop.cli('author', 'baseline', '--yes')).code).toBe(0);
  expect(Object.keys((JSON.parse(await read('steps/baseline.json')) as { files: object }).files)).toContain(
    'app/src/new.ts',
  );
});
