import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SAMPLE_FILES, SHIPPED_GREETING, SOLVED_GREETING } from './sample-steps.ts';
import { copyWorkshop, type WorkshopCopy } from './workshop-copy.ts';

let workshop: WorkshopCopy;
beforeAll(async () => void (workshop = await copyWorkshop(SAMPLE_FILES)));
afterAll(() => workshop.remove());

const greeting = () => readFile(join(workshop.root, 'app/src/greeting.ts'), 'utf8');

describe('the hints of a step', () => {
  test('come one at a time, mildest first, and the last stays', async () => {
    const first = await workshop.cli('hint', 'spelling');
    expect(first.code).toBe(0);
    expect(first.out).toMatchInlineSnapshot(`
      "Step 1 · Spelling, hint 1 of 3: Read it aloud

      What does the greeting say?

      The next one, when you want it: npm run hint 1
      "
    `);
    expect((await workshop.cli('hint', '1')).out).toContain('hint 2 of 3: Look closer');
    expect((await workshop.cli('hint', '1')).out).toMatchInlineSnapshot(`
      "Step 1 · Spelling, hint 3 of 3: The letter

      \`\`\`ts
      morning
      \`\`\`

      This was the last one. The reference solution beside your files: npm run solution 1
      "
    `);
    expect((await workshop.cli('hint', '1')).out).toContain(
      'hint 3 of 3: The letter\n\n```ts\nmorning\n```\n\nYou have seen every hint of this step',
    );
  });

  test('of a step that has none are asked for in vain, and it is said', async () => {
    const { code, err } = await workshop.cli('hint', '3');
    expect(code).toBe(2);
    expect(err).toContain('has no hints yet');
  });
});

test('the list shows where the learner stands', async () => {
  await workshop.cli('check', '1');
  const { code, out } = await workshop.cli('list');
  expect(code).toBe(0);
  expect(out).toMatchInlineSnapshot(`
    "→   1  Spelling  ✗ failing         3 hints         10 min
        2  Manners   ○ not started                     10 min
        3  Later     – not judged yet                  10 min

    0 of 3 done; about 0.5 hours to go.
    "
  `);
});

describe('the solution', () => {
  test('is shown from the learner’s file to the reference, and changes nothing', async () => {
    const { code, out } = await workshop.cli('solution', '1');
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "Step 1 · Spelling: from your files (-) to the solution (+)

      --- a/app/src/greeting.ts
      +++ b/app/src/greeting.ts
      @@ -1,4 +1,4 @@
      -export const greeting = 'Good moring';
      +export const greeting = 'Good morning';
       
       // Patients read it first.

      This is one right fix among many: the checks judge what the clinic does.
      Put it into your files: npm run solution 1 -- --apply
      "
    `);
    expect(await greeting()).toBe(SHIPPED_GREETING);
  });

  test('is put beside what the learner wrote, and undo brings their file back', async () => {
    const mine = `${SHIPPED_GREETING}// mine\n`;
    await workshop.write('app/src/greeting.ts', mine);
    const { code, out } = await workshop.cli('solution', '1', '--apply');
    expect(code).toBe(0);
    expect(out).toMatch(/^The solution of step 1 is in your files now:\n {2}app\/src\/greeting\.ts\n/);
    expect(await greeting()).toBe(`${SOLVED_GREETING}// mine\n`);

    const undone = await workshop.cli('undo');
    expect(undone.code).toBe(0);
    expect(undone.out).toMatch(
      /^Your files are as they were before: solution of spelling \(.*\)\.\n {2}app\/src\/greeting\.ts\n/,
    );
    expect(await greeting()).toBe(mine);

    await workshop.cli('undo');
    expect(await greeting()).toBe(`${SOLVED_GREETING}// mine\n`);
  });

  test('writes nothing where both changed the same line, and says where', async () => {
    const mine = "export const greeting = 'Hello';\n";
    await workshop.write('app/src/greeting.ts', mine);
    const { code, err } = await workshop.cli('solution', '1', '--apply');
    expect(code).toBe(2);
    expect(err).toContain('app/src/greeting.ts, lines 1 to 1');
    expect(err).toContain('Nothing was changed.');
    expect(await greeting()).toBe(mine);
  });
});

describe('reset', () => {
  test('brings the step’s files back as shipped, keeps the learner’s, and leaves other files alone', async () => {
    await workshop.write('app/src/greeting.ts', "export const greeting = 'Mine';\n");
    await workshop.write('app/src/farewell.ts', "export const farewell = 'Mine too';\n");
    const { code, out } = await workshop.cli('reset', 'spelling');
    expect(code).toBe(0);
    expect(out).toMatch(
      /^The files of step 1 \(spelling\) are as they were shipped:\n {2}app\/src\/greeting\.ts\nYours are kept/,
    );
    expect(await greeting()).toBe(SHIPPED_GREETING);
    expect(await readFile(join(workshop.root, 'app/src/farewell.ts'), 'utf8')).toContain('Mine too');

    await workshop.cli('undo');
    expect(await greeting()).toBe("export const greeting = 'Mine';\n");
  });

  test('of files that are as shipped writes nothing', async () => {
    await workshop.write('app/src/greeting.ts', SHIPPED_GREETING);
    expect((await workshop.cli('reset', '1')).out).toContain('nothing was changed');
  });
});
