import { afterAll, beforeAll, expect, test } from 'vitest';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { findingSchema } from '../../model/finding.ts';
import { verdictSchema } from '../../model/verdict.ts';
import { SAMPLE_FILES, SOLVED_GREETING } from './sample-steps.ts';
import { copyWorkshop, type WorkshopCopy } from './workshop-copy.ts';

let workshop: WorkshopCopy;
beforeAll(async () => void (workshop = await copyWorkshop(SAMPLE_FILES)));
afterAll(() => workshop.remove());

const output = z.strictObject({
  steps: z.array(
    z.strictObject({
      number: z.number(),
      slug: z.string(),
      verdict: verdictSchema,
      checks: z.array(
        z.strictObject({
          id: z.string(),
          title: z.string(),
          outcome: z.string(),
          findings: z.array(findingSchema),
        }),
      ),
      durationMs: z.number(),
    }),
  ),
});

const journal = async () =>
  (await readFile(join(workshop.root, '.workshop', 'journal.ndjson'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; slug?: string });

test('a failing step ends with 1, and says what was found as a person reads it', async () => {
  const { code, out, err } = await workshop.cli('check', '--seed', '7');
  expect(code).toBe(1);
  expect(err).toBe('');
  expect(withoutTimes(out)).toMatchInlineSnapshot(`
    "Step 1 · Spelling

      ✓ passed         There is a greeting  … ms
      ✗ failed         The greeting is spelled right  … ms

    ✗ Failed  1 of 2 checks pass, … ms

      The greeting is spelled wrong.
        tried     read the text of app/src/greeting.ts
        expected  Good morning
        observed  Good moring
        where     app/src/greeting.ts:1
        why       It is the first thing that a patient reads.
        rule      spelling/moring

    Notes, which fail nothing:
      · Nobody is greeted by name.

    The same random values again: npm run check -- 1 --seed 7
    "
  `);
});

test('the journal hears of the run, each check and its end', async () => {
  const before = (await journal()).length;
  await workshop.cli('check', 'spelling');
  const added = (await journal()).slice(before);
  expect(added.map(({ type }) => type)).toEqual([
    'run.started',
    'check.finished',
    'check.finished',
    'run.finished',
  ]);
});

test('--json prints the verdicts and nothing else', async () => {
  const { code, out, err } = await workshop.cli('check', 'all', '--json');
  expect(code).toBe(1);
  expect(err).toBe('');
  const { steps } = output.parse(JSON.parse(out));
  expect(steps.map(({ number, slug, verdict }) => [number, slug, verdict.outcome])).toEqual([
    [1, 'spelling', 'failed'],
    [2, 'manners', 'failed'],
  ]);
  expect(steps[0]?.checks).toMatchObject([
    { id: 'greets', title: 'There is a greeting', outcome: 'passed', findings: [] },
    { id: 'spelled-right', outcome: 'failed', findings: [{ ruleId: 'spelling/moring' }, { level: 'note' }] },
  ]);
});

test('--app judges another copy, and the journal does not hear of it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'second-opinion-app-'));
  try {
    await cp(join(workshop.root, 'app'), folder, { recursive: true });
    await writeFile(join(folder, 'src', 'greeting.ts'), SOLVED_GREETING);
    const before = await journal();
    const { code, out } = await workshop.cli('check', '1', '--app', folder, '--json');
    expect(code).toBe(0);
    expect(output.parse(JSON.parse(out)).steps[0]?.verdict.outcome).toBe('passed');
    expect(await journal()).toEqual(before);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a step that is not judged yet is neither passed nor failed', async () => {
  const { code, out, err } = await workshop.cli('check', '3', '--json');
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(err).toMatchInlineSnapshot(`
    "! There are no checks yet for step 3 (later).
      → Read it in the guide, and run \`npm run list\` to see which steps are judged.
    "
  `);
});

test('a step that nobody knows is answered with the nearest', async () => {
  const { code, err } = await workshop.cli('check', 'speling');
  expect(code).toBe(2);
  expect(err).toContain('Did you mean "spelling"?');
});

test('a judge that cannot decide ends with 2, and does not blame the learner', async () => {
  const file = 'steps/02-manners/step.test.ts';
  const good = await readFile(join(workshop.root, file), 'utf8');
  try {
    await workshop.write(file, good.replace("'wishes-well'", "'wishes-ill'"));
    const { code, out } = await workshop.cli('check', 'manners', 'spelling');
    expect(code).toBe(2);
    expect(withoutTimes(out)).toContain(
      '! The judge could not run  0 of 1 check pass, … ms\nThis is not about your code.',
    );
    expect(out).toContain('✗ Failed');
  } finally {
    await workshop.write(file, good);
  }
});

const withoutTimes = (text: string) => text.replaceAll(/[\d.]+ m?s$/gm, '… ms');
