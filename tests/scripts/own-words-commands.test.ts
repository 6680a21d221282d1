import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SAMPLE_FILES, SOLVED_GREETING } from './sample-steps.ts';
import { copyWorkshop, spawnCli, type WorkshopCopy } from './workshop-copy.ts';

const DISCUSSION = `# Discussion

Names of things matter.

## What a junior engineer would say

*Sees* the letter.

## What a senior engineer would say

*Asks* who reads it.

## Questions to ask

1. Who reads a greeting?
2. How would \`CI\` have found it?
`;

let workshop: WorkshopCopy;
beforeAll(async () => {
  workshop = await copyWorkshop({ ...SAMPLE_FILES, 'steps/01-spelling/discussion.md': DISCUSSION });
});
afterAll(() => workshop.remove());

describe('answers', () => {
  test('are listed by number, and kept from an argument, a file and a pipe', async () => {
    expect((await workshop.cli('answer', '1')).out).toMatchInlineSnapshot(`
      "Step 1 · Spelling: questions to ask

       1.  Who reads a greeting?
       2.  How would \`CI\` have found it?

      Answer one: npm run answer 1 1 "your answer"
      "
    `);
    expect((await workshop.cli('answer', '1', '1', 'Everybody', 'does.')).out).toMatchInlineSnapshot(`
      "Your answer is kept: step 1, "Who reads a greeting?"
      npm run report shows all that you said.
      "
    `);
    await workshop.write('answer.txt', 'A spelling checker.\r\nAnd a reader.\r\n');
    expect((await workshop.cli('answer', '1', '2', '--file', join(workshop.root, 'answer.txt'))).code).toBe(
      0,
    );
    expect((await workshop.cli('answer', '1')).out).toContain('     A spelling checker.\n     And a reader.');
    expect(await piped('Patients\n', 'answer', 'spelling', '1')).toBe(0);
    expect((await workshop.cli('answer', '1')).out).toContain('     Patients\n');
  });

  test('of nothing, to no question and from no file are not kept, and each says why', async () => {
    const before = await journal();
    const nothing = await workshop.cli('answer', '1', '1');
    expect([nothing.code, nothing.err]).toEqual([
      2,
      expect.stringContaining('there is none. To take one back: --remove'),
    ]);
    const beyond = await workshop.cli('answer', '1', '3', 'x');
    expect([beyond.code, beyond.err]).toEqual([2, expect.stringContaining('asks questions 1 to 2')]);
    const missing = await workshop.cli('answer', '1', '1', '--file', 'nowhere.txt');
    expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('nowhere.txt')]);
    const long = await workshop.cli('answer', '1', '1', 'x'.repeat(10_001));
    expect([long.code, long.err]).toEqual([2, expect.stringContaining('at most 10,000 are kept')]);
    expect(await journal()).toBe(before);
  });

  test('are taken back when somebody says so', async () => {
    await workshop.cli('answer', '1', '1', 'Nobody.');
    expect((await workshop.cli('answer', '1', '1', '--remove')).out).toContain('Your answer was taken back');
    expect((await workshop.cli('answer', '1')).out).not.toContain('Nobody.');
  });
});

describe('a score', () => {
  test('is kept, and shown with what engineers of each level would say', async () => {
    expect((await workshop.cli('score', '1', 'senior')).out).toBe(
      'Step 1 · Spelling: you scored yourself as senior.\n',
    );
    expect((await workshop.cli('score', '1')).out).toMatchInlineSnapshot(`
      "Step 1 · Spelling: what would be said

      junior
      *Sees* the letter.

      senior
      *Asks* who reads it.

      You scored yourself as senior.
      Score yourself: npm run score 1 junior|mid-level|senior
      "
    `);
  });

  test('of no level of the rubric is not kept', async () => {
    const { code, err } = await workshop.cli('score', '1', 'seniour');
    expect([code, err]).toEqual([2, expect.stringContaining('Did you mean "senior"?')]);
  });
});

describe('an editor', () => {
  test('is started with the file and line that were named', async () => {
    const { code, said } = await opened('1', 'app/src/greeting.ts:3');
    expect([code, said]).toEqual([0, 'Opened app/src/greeting.ts:3 in your editor.\n']);
    expect((await opened('spelling')).said).toBe('Opened app/src/greeting.ts in your editor.\n');
    expect((await opened('app/src/farewell.ts')).said).toBe('Opened app/src/farewell.ts in your editor.\n');
  });

  test.each([
    'app/../package.json',
    'steps/01-spelling/solution.patch',
    '/etc/hosts',
    'app/src/greeting.ts:0',
  ])('is not started for %s', async (place) => {
    const { code, said } = await opened('1', place);
    expect([code, said]).toEqual([2, expect.stringContaining('A file below app/ was to be named')]);
  });

  test('is not started for a file that is not there', async () => {
    const { code, said } = await opened('app/src/nothing.ts');
    expect([code, said]).toEqual([2, expect.stringContaining('there is no such file')]);
  });

  async function opened(...words: string[]): Promise<{ code: number | null; said: string }> {
    const child = spawnCli(workshop.root, ['open', ...words], { SECOND_OPINION_EDITOR: 'true' });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => void (said += chunk.toString('utf8')));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, said };
  }
});

describe('the report', () => {
  test('tells the same facts as Markdown, as JSON and as a page, and the same each time', async () => {
    await workshop.write('app/src/greeting.ts', SOLVED_GREETING);
    await workshop.cli('check', '1');
    await workshop.cli('answer', '1', '1', '<script>alert(1)</script> *and* `more`');
    const { code, out } = await workshop.cli('report');
    expect(code).toBe(0);
    expect(out).toContain('1 of 2 steps fixed.');
    expect(out).toContain('```diff\n--- a/app/src/greeting.ts\n+++ b/app/src/greeting.ts\n');
    expect(out).toContain(
      '**Who reads a greeting?**\n\n> \\<script>alert(1)\\</script> \\*and\\* \\`more\\`',
    );
    expect(out).toContain('- 2. Manners: not started');
    expect((await workshop.cli('report')).out).toBe(out);

    const report = JSON.parse((await workshop.cli('report', '--json')).out) as {
      done: number;
      steps: object[];
    };
    expect([report.done, report.steps[0]]).toEqual([
      1,
      expect.objectContaining({ state: 'done', score: expect.objectContaining({ level: 'senior' }) }),
    ]);

    const file = join(workshop.root, 'report.html');
    expect((await workshop.cli('report', '--html', file)).code).toBe(0);
    const page = await readFile(file, 'utf8');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toContain('<script');
    expect((await workshop.cli('report', '--html', file)).code).toBe(0);
    expect(await readFile(file, 'utf8')).toBe(page);
  });

  test('is written over no other file and into no folder of the clinic', async () => {
    const mine = join(workshop.root, 'notes.html');
    await writeFile(mine, '<p>mine</p>');
    for (const place of [mine, join(workshop.root, 'app', 'report.html'), workshop.root]) {
      const { code, err } = await workshop.cli('report', '--html', place);
      expect([code, err], place).toEqual([2, expect.stringContaining('Choose another name')]);
    }
    expect(await readFile(mine, 'utf8')).toBe('<p>mine</p>');
  });
});

test('a report of a fresh workshop is friendly', async () => {
  const fresh = await copyWorkshop(SAMPLE_FILES);
  try {
    expect((await fresh.cli('report')).out).toMatchInlineSnapshot(`
      "# Report

      There is nothing to report yet, and that is how it should be on the first day.

      Open a step, fix it, answer a question of its discussion: what you did then stands here, with your own changes and your own words.
      "
    `);
  } finally {
    await fresh.remove();
  }
});

const journal = () => readFile(join(workshop.root, '.workshop', 'journal.ndjson'), 'utf8');

/** A command that reads what another one writes. */
async function piped(input: string, ...args: string[]): Promise<number | null> {
  const entry = join(workshop.root, 'scripts', 'cli.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', entry, ...args], {
    cwd: workshop.root,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.stdin.end(input);
  return new Promise((resolve) => child.once('close', resolve));
}
