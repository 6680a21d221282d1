import { describe, expect, test } from 'vitest';
import { reportFile } from '../../docs/pages/report-file.ts';
import { WorkshopError } from '../../model/workshop-error.ts';
import type { ComparedFile } from '../../store/comparison.ts';
import { openGuide, words } from './guide-fixture.ts';
import { INJECTION } from './sample-findings.ts';
import { QUESTION, sampleReport, withQuestions } from './sample-own-words.ts';
import { recordRun } from './sample-runs.ts';
import { compared, sampleComparison, SEARCH } from './sample-work.ts';

const STEP = '/steps/sql-injection';
const SCRIPT = '<script>alert(1)</script>';

describe('the solution', () => {
  test('is asked for once before passing, and looking then stays allowed', async () => {
    const { ask, press } = await openGuide();
    const before = await ask(`${STEP}/solution`);
    expect(words(before.page.querySelector('main'))).toContain('This step has not passed yet.');
    expect(before.body).not.toContain('WHERE name = $1');
    expect((await ask(`${STEP}/comparison`)).body).not.toContain('WHERE name = $1');
    await press(`${STEP}/solution`);
    expect((await ask(`${STEP}/solution`)).page.querySelector('.sides')).not.toBeNull();
  });

  test('is shown at once after passing, also when the step broke again', async () => {
    const { ask, workshop } = await openGuide();
    recordRun(workshop, '1');
    recordRun(workshop, '2', { quotes: [INJECTION] });
    const { page } = await ask(`${STEP}/solution`);
    expect(page.querySelectorAll('.side figcaption').map(words).slice(0, 2)).toEqual([
      'Yours lines 1 to 7',
      'Solution lines 1 to 7',
    ]);
    expect(words(page.querySelector('.compared'))).toContain(
      '1 line only in yours, 2 lines only in the solution.',
    );
  });

  test('stands beside the learner’s file with the numbers of both, and what differs is marked', async () => {
    const page = await comparison([SEARCH]);
    expect(page.querySelectorAll('[data-side="del"] del').map((line) => line.getAttribute('data-n'))).toEqual(
      ['4'],
    );
    expect(page.querySelectorAll('[data-side="ins"] ins').map((line) => line.getAttribute('data-n'))).toEqual(
      ['4', '37'],
    );
    expect(page.querySelector('[data-side="ins"] ins')?.textContent).toBe(
      "  return query('SELECT * FROM patients WHERE name = $1', [name]);\n",
    );
    expect(page.querySelector('details.alike:not([open]) summary')?.textContent).toBe('26 lines alike');
    expect(
      page.querySelectorAll('[data-code] [data-side="del"], figure[data-side="del"][data-code]'),
    ).toEqual([]);
  });

  test.each<[string, ComparedFile, string]>([
    ['the same', compared('app/a.ts', 'a\n', 'a\n'), 'Yours is the solution, letter by letter.'],
    ['other line ends', compared('app/a.ts', 'a\r\nb\r\n', 'a\nb\n'), 'but for the ends of its lines'],
    [
      'new',
      compared('app/a.sql', null, 'SELECT 1;\n'),
      'You have no such file. The solution makes it: Solution line 1',
    ],
    [
      'deleted',
      compared('app/a.ts', 'a\n', null),
      'The solution has no such file any more. Yours: Yours line 1',
    ],
    ['deleted by both', compared('app/a.ts', null, null), 'and neither have you'],
    ['empty', compared('app/a.ts', '', 'a\n'), '0 lines only in yours, 1 line only in the solution'],
    [
      'no text',
      { ...compared('app/a.png', null, 'a\n'), mine: Buffer.from([0xff, 0, 1]) },
      'one of them is no text: yours has 3 bytes, the solution 2.',
    ],
    [
      'a link out of app/',
      { ...compared('app/a.ts', null, 'a\n'), unread: 'a link that leads out of app/' },
      'Yours is not read: it is a link that leads out of app/.',
    ],
    ['far too long', compared('app/a.ts', 'a\n'.repeat(400_000), 'b\n'), 'too long, or too different'],
  ])('a file that is %s is said to be so', async (_state, file, said) => {
    expect(words(await comparison([file]))).toContain(said);
  });

  test('offers a command only where it would change something', async () => {
    const take = (page: Awaited<ReturnType<typeof comparison>>) => page.querySelector('#apply');
    const same = compared('app/a.ts', 'a\n', 'a\n');
    expect(take(await comparison([same, compared('app/b.ts', null, null)]))).toBeNull();
    expect(take(await comparison([same, compared('app/b.ts', 'a\n', null)]))).not.toBeNull();
    expect(take(await comparison([same, SEARCH]))).not.toBeNull();
  });

  test('says where it would not go in by itself', async () => {
    const conflicts = [
      { file: 'app/a.ts', lines: { from: 3, to: 5 }, reason: 'you and the solution changed the same lines' },
    ];
    const { ask, workshop } = await openGuide({ comparison: { ...sampleComparison(), conflicts } });
    recordRun(workshop, '1');
    expect(words((await ask(`${STEP}/solution`)).page.querySelector('main'))).toContain(
      'app/a.ts, lines 3 to 5: you and the solution changed the same lines',
    );
  });

  test('that is missing is a problem with a remedy, and the page stands', async () => {
    const missing = new WorkshopError('SOLUTION_MISSING', 'There is none.', { remedy: 'Write it.' });
    const { ask, workshop } = await openGuide({ comparison: missing });
    recordRun(workshop, '1');
    const { status, page } = await ask(`${STEP}/solution`);
    expect([status, words(page.querySelector('[role="alert"]'))]).toEqual([
      200,
      expect.stringContaining('Write it.'),
    ]);
  });

  test('shows markup in files, in their names and in notes as text', async () => {
    const file = compared(`app/${SCRIPT}.ts`, `const a = '${SCRIPT}';\n\u202e`, `const b = '${SCRIPT}';\n`);
    const { ask, workshop } = await openGuide({
      comparison: { ...sampleComparison([file]), notes: SCRIPT, title: SCRIPT },
    });
    recordRun(workshop, '1');
    const { body, page } = await ask(`${STEP}/solution`);
    expect(body).not.toContain(SCRIPT);
    expect(body).not.toContain('\u202e');
    expect(page.querySelector('[data-side="del"]')?.textContent).toContain(SCRIPT);
  });

  async function comparison(files: readonly ComparedFile[]) {
    const { ask, workshop } = await openGuide({ comparison: sampleComparison(files) });
    recordRun(workshop, '1');
    return (await ask(`${STEP}/solution`)).page;
  }
});

describe('a reset', () => {
  test('names the files and asks, and sends exactly those', async () => {
    const { ask } = await openGuide({ resetPlan: { files: ['app/a.ts', 'app/b.ts'], last: null } });
    const { page } = await ask(`${STEP}/reset`);
    expect(words(page.querySelector('main'))).toContain('app/a.ts app/b.ts');
    expect(page.querySelector('form [name="files"]')?.getAttribute('value')).toBe('app/a.ts\napp/b.ts');
  });

  test('has nothing to do when all is as shipped, and offers the way back from the last one', async () => {
    const last = {
      id: 'kept-1',
      at: '2026-03-03T14:03:00.000Z',
      reason: 'reset of sql-injection',
      touches: ['app/a.ts'],
      undone: false,
    };
    const { ask } = await openGuide({ resetPlan: { files: [], last } });
    const { page } = await ask(`${STEP}/reset`);
    expect(page.querySelector('form[action$="/reset"]')).toBeNull();
    const back = page.querySelector('form[action="/steps/sql-injection/undo"]');
    expect(back?.querySelector('[name="backup"]')?.getAttribute('value')).toBe('kept-1');
    expect(words(page.querySelector('.notice'))).toContain('reset of sql-injection. It wrote: app/a.ts');
  });
});

describe('the discussion', () => {
  test('leads on to the next step after passing, and not before', async () => {
    const { ask, workshop } = await openGuide({ content: withQuestions });
    const onward = async () =>
      words(
        (await ask(`${STEP}/discussion`)).page.querySelector('form[action="/steps/secrets-in-layers/open"]'),
      );
    expect(await onward()).toBe('');
    recordRun(workshop, '1');
    expect(await onward()).toBe('Go on to step 10: Secrets in layers');
    recordRun(workshop, '2', { quotes: [INJECTION] });
    expect(await onward()).toBe('');
  });

  test('has a place for each answer, named by its question, and shows what is kept as text', async () => {
    const { ask, workshop } = await openGuide({ content: withQuestions });
    recordRun(workshop, '1');
    workshop.record({
      slug: 'sql-injection',
      type: 'discussion.answered',
      question: QUESTION,
      answer: `\n${SCRIPT}`,
    });
    const { page, body } = await ask(`${STEP}/discussion`);
    const areas = page.querySelectorAll('textarea');
    expect(areas).toHaveLength(2);
    for (const area of areas) {
      const label = area.getAttribute('aria-labelledby') ?? '';
      expect(words(page.getElementById(label))).not.toBe('');
    }
    expect(body).not.toContain(SCRIPT);
    expect(areas[0]?.textContent.replace(/^\n/, '')).toBe(`\n${SCRIPT}`);
    expect(words(page.querySelector('[data-saved]'))).toMatch(/^Saved on 3 March 2026 at \d\d:\d\d$/);
  });

  test('has the rubric beside the choice of a level, and remembers it', async () => {
    const { ask, press, workshop } = await openGuide({ content: withQuestions });
    recordRun(workshop, '1');
    await press(`${STEP}/score`, { level: 'mid-level' });
    const { page } = await ask(`${STEP}/discussion`);
    expect(
      page.querySelectorAll('.score [type="radio"]').map((radio) => radio.getAttribute('value')),
    ).toEqual(['junior', 'mid-level', 'senior']);
    expect(page.querySelectorAll('.score [checked]').map((radio) => radio.getAttribute('value'))).toEqual([
      'mid-level',
    ]);
    expect(words(page.getElementById('level-senior'))).toContain('Values travel as parameters');
  });

  test('stays open for somebody who asked for it and has answered', async () => {
    const { ask, workshop } = await openGuide({ content: withQuestions });
    expect((await ask(`${STEP}/discussion`)).page.querySelector('details.early')).not.toBeNull();
    workshop.record({
      slug: 'sql-injection',
      type: 'discussion.answered',
      question: QUESTION,
      answer: 'So.',
    });
    expect((await ask(`${STEP}/discussion`)).page.querySelector('details.early')).toBeNull();
  });
});

describe('the report', () => {
  test('is friendly when there is nothing to tell', async () => {
    const { ask } = await openGuide();
    expect(words((await ask('/report')).page.querySelector('main'))).toContain(
      'There is nothing to report yet',
    );
  });

  test('tells what was fixed, changed and said, and what is open, on the page and in the file', async () => {
    const { ask } = await openGuide({ report: sampleReport(SCRIPT) });
    const { page, body } = await ask('/report');
    const file = await reportFile(sampleReport(SCRIPT), new Map());
    for (const text of [words(page.querySelector('main')), file.replaceAll(/\s+/g, ' ')]) {
      for (const fact of [
        '1 of 2 steps fixed',
        '1 h 5 min',
        'seen before passing',
        'mid-level',
        '3 March 2026, 14:03 UTC',
      ])
        expect(text).toContain(fact);
      expect(text).toContain('was fixed, and is broken again');
      expect(text).toContain('shown under step 7');
    }
    for (const text of [body, file]) {
      expect(text).not.toContain(SCRIPT);
      expect(text).toContain('&lt;script&gt;');
    }
    expect(file).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)| on\w+="/);
    expect(await reportFile(sampleReport(SCRIPT), new Map())).toBe(file);
  });

  test('leaves the middle of a diff that nobody would print out, and says so', async () => {
    const { ask } = await openGuide({ report: sampleReport('x', 500) });
    expect(words((await ask('/report')).page.querySelector('main'))).toContain(
      '201 more lines are left out here',
    );
  });
});
