import { describe, expect, test } from 'vitest';
import { WorkshopError } from '../../model/workshop-error.ts';
import { openGuide, words } from './guide-fixture.ts';
import { INJECTION } from './sample-findings.ts';
import { recordRun } from './sample-runs.ts';
import { sampleContent, sampleSteps } from './sample-steps.ts';

describe('the first page', () => {
  test('lists every step in order, with a glyph, a word and a link', async () => {
    const { ask } = await openGuide();
    const { status, page } = await ask('/');
    expect(status).toBe(200);
    const cards = page.querySelectorAll('.overview .card');
    expect(cards.map((card) => words(card.querySelector('h3')))).toEqual(
      sampleSteps().map((step) => step.title),
    );
    expect(cards.map((card) => words(card.querySelector('.state')))).toEqual([
      'not started',
      'not judged yet',
      'not started',
      'not started',
      'not judged yet',
    ]);
    expect(cards.every((card) => card.querySelector('.state svg[aria-hidden="true"]') !== null)).toBe(true);
    expect(page.querySelector('.masthead a[href="http://127.0.0.1:8000"]')).not.toBeNull();
  });

  test('offers the first step at the start, and the open one afterwards', async () => {
    const { ask, workshop } = await openGuide();
    expect(words((await ask('/')).page.querySelector('.next-up .button'))).toBe(
      'Start with step 1: Bad data modelling',
    );
    workshop.record({ slug: 'sql-injection', type: 'step.opened' });
    expect(words((await ask('/')).page.querySelector('.next-up .button'))).toBe(
      'Resume step 7: SQL injection',
    );
  });

  test('puts a step that broke again before everything else, and it stands out', async () => {
    const { ask, workshop } = await openGuide();
    recordRun(workshop, '1');
    recordRun(workshop, '2', { quotes: [INJECTION] });
    workshop.record({ slug: 'data-modeling', type: 'step.opened' });
    const { page } = await ask('/');
    expect(words(page.querySelector('.next-up'))).toContain('A step that you had finished is broken again.');
    expect(words(page.querySelector('.next-up .button'))).toBe('Resume step 7: SQL injection');
    expect(words(page.querySelector('[data-key="card-sql-injection"][data-state="regressed"] .state'))).toBe(
      'broken again',
    );
  });

  test('says so when all are done', async () => {
    const steps = sampleSteps().filter((step) => step.slug === 'sql-injection');
    const { ask, workshop } = await openGuide({ steps });
    recordRun(workshop, '1');
    const next = (await ask('/')).page.querySelector('.next-up');
    expect(words(next)).toContain('Every step is done.');
    expect(next?.querySelector('a[href="/report"]')).not.toBeNull();
  });

  test('begins with the first step when none is judged yet, and never with nothing', async () => {
    const steps = sampleSteps().map((step) => ({ ...step, judged: false, checks: [] }));
    const { ask } = await openGuide({ steps });
    expect(words((await ask('/')).page.querySelector('.next-up .button'))).toBe(
      'Start with step 1: Bad data modelling',
    );
  });
});

describe('a step’s page', () => {
  test('marks itself in the list of steps and links its neighbours', async () => {
    const { ask } = await openGuide();
    const { page } = await ask('/steps/redundant-queries');
    expect(page.querySelectorAll('[aria-current="page"]').map((link) => link.getAttribute('href'))).toEqual([
      '/steps/redundant-queries',
    ]);
    expect(page.querySelector('main a[rel="prev"]')?.getAttribute('href')).toBe('/steps/dependency-versions');
    expect(page.querySelector('main a[rel="next"]')?.getAttribute('href')).toBe('/steps/sql-injection');
    expect(page.querySelector('head link[rel="next"]')?.getAttribute('href')).toBe('/steps/sql-injection');
  });

  test('has no neighbour before the first and after the last', async () => {
    const { ask } = await openGuide();
    expect((await ask('/steps/data-modeling')).page.querySelector('[rel="prev"]')).toBeNull();
    expect((await ask('/steps/secrets-in-layers')).page.querySelector('[rel="next"]')).toBeNull();
  });

  test.each(['/steps/7', '/steps/07-sql-injection', '/steps/07'])('is also found as %s', async (path) => {
    const { ask } = await openGuide();
    const { status, headers } = await ask(path);
    expect([status, headers.location]).toEqual([302, '/steps/sql-injection']);
  });

  test('has one title of the first level, and the guide’s own is left out', async () => {
    const { ask } = await openGuide();
    const { page } = await ask('/steps/sql-injection');
    expect(page.querySelectorAll('h1').map(words)).toEqual(['SQL injection']);
  });

  test('says that a step is not judged yet, and offers no run', async () => {
    const { ask } = await openGuide();
    const { page } = await ask('/steps/dependency-versions');
    expect(words(page.querySelector('[role="status"]'))).toContain('Not judged yet');
    expect(page.querySelector('form[action$="/check"]')).toBeNull();
  });

  test('keeps the verdict when the guide cannot be rendered, and says what is wrong', async () => {
    const { ask } = await openGuide({
      content: (step) => ({ ...sampleContent(step), guide: '<<< app/src/x.ts#gone' }),
    });
    const { status, page } = await ask('/steps/sql-injection');
    expect(status).toBe(200);
    expect(words(page.querySelector('.guide [role="alert"]'))).toContain(
      'A guide quotes "gone" of app/src/x.ts',
    );
    expect(page.querySelector('#verdict .check')).not.toBeNull();
  });
});

describe('hints', () => {
  test('are shown one at a time, each with its place', async () => {
    const { ask, press } = await openGuide();
    const before = (await ask('/steps/sql-injection')).page;
    expect(before.querySelectorAll('.hint')).toHaveLength(0);
    expect(words(before.querySelector('.hints .button'))).toBe('Show hint 1 of 4');
    for (let hint = 1; hint <= 4; hint += 1) {
      const { status, headers } = await press('/steps/sql-injection/hint');
      expect([status, headers.location]).toEqual([303, '/steps/sql-injection#hints']);
    }
    const after = (await ask('/steps/sql-injection')).page;
    expect(after.querySelectorAll('.hint h3').map(words)).toEqual([
      'Hint 1 of 4 Look at the shape',
      'Hint 2 of 4 Parameters',
      'Hint 3 of 4 Columns',
      'Hint 4 of 4 The export',
    ]);
    expect(after.querySelector('.hints .button')).toBeNull();
    expect(words(after.querySelector('.hints'))).toContain('That was the last hint.');
  });

  test('are offered after passing too, and a step without hints has no ladder', async () => {
    const { ask, workshop } = await openGuide();
    recordRun(workshop, '1');
    expect(words((await ask('/steps/sql-injection')).page.querySelector('.hints .button'))).toBe(
      'Show hint 1 of 4',
    );
    expect((await ask('/steps/redundant-queries')).page.querySelector('.hints')).toBeNull();
  });
});

describe('the discussion', () => {
  test('is folded before passing, and open and linked afterwards', async () => {
    const { ask, workshop } = await openGuide();
    expect((await ask('/steps/sql-injection')).page.querySelector('a[href$="/discussion"]')).toBeNull();
    expect(
      (await ask('/steps/sql-injection/discussion')).page.querySelector('details.early:not([open])'),
    ).not.toBeNull();
    recordRun(workshop, '1');
    const { page } = await ask('/steps/sql-injection');
    expect(page.querySelectorAll('a[href="/steps/sql-injection/discussion"]').length).toBeGreaterThan(0);
    expect((await ask('/steps/sql-injection/discussion')).page.querySelector('details.early')).toBeNull();
  });
});

describe('an address that is nobody’s', () => {
  test.each([
    ['/steps/sql-injektion', 'Did you mean step 7, SQL injection?'],
    ['/steps/07-sql-injektion', 'Did you mean step 7, SQL injection?'],
    ['/injection', 'Did you mean step 7, SQL injection?'],
    ['/xyz', 'Nothing is at /xyz. All steps are in'],
  ])('%s gets a page that helps', async (path, help) => {
    const { ask } = await openGuide();
    const { status, page } = await ask(path);
    expect(status).toBe(404);
    expect(words(page.querySelector('main'))).toContain(help);
    expect(page.querySelectorAll('.sidebar .step')).toHaveLength(5);
  });

  test('cannot write markup into its page', async () => {
    const { ask } = await openGuide();
    const { body } = await ask('/%3Cscript%3Ealert(1)%3C/script%3E');
    expect(body).not.toContain('<script>alert');
  });
});

describe('an action', () => {
  test('goes back to its page without JavaScript, and answers 204 with it', async () => {
    const { ask, press, guide, workshop } = await openGuide();
    const pressed = await press('/steps/sql-injection/check');
    expect([pressed.status, pressed.headers.location]).toEqual([303, '/steps/sql-injection#verdict']);
    const sent = await ask('/steps/sql-injection/open', {
      method: 'POST',
      headers: { Origin: guide.url, 'Content-Type': 'application/json', 'X-Guide-Token': guide.token },
      body: '{}',
    });
    expect([sent.status, sent.headers.location]).toEqual([204, '/steps/sql-injection']);
    expect(workshop.asked).toEqual(['check sql-injection', 'open sql-injection']);
  });

  test('that fails shows the problem and its remedy, as a page and as JSON', async () => {
    const failure = new WorkshopError('EDITOR_UNKNOWN', 'No editor was found to open the file in.', {
      remedy: 'Set EDITOR to the name of yours.',
    });
    const { ask, press, guide } = await openGuide({ failure });
    const pressed = await press('/editor', { file: 'app/src/x.ts', line: '3', slug: 'sql-injection' });
    expect(pressed.status).toBe(500);
    expect(words(pressed.page.querySelector('[role="alert"]'))).toContain(
      'No editor was found to open the file in. What helps: Set EDITOR to the name of yours. (EDITOR_UNKNOWN)',
    );
    expect(pressed.page.querySelector('main a[href="/steps/sql-injection#verdict"]')).not.toBeNull();
    const sent = await ask('/editor', {
      method: 'POST',
      headers: { Origin: guide.url, 'Content-Type': 'application/json', 'X-Guide-Token': guide.token },
      body: '{"file":"app/src/x.ts"}',
    });
    expect(JSON.parse(sent.body)).toEqual({
      code: 'EDITOR_UNKNOWN',
      message: failure.message,
      remedy: failure.remedy,
    });
  });

  test('on a step that does not exist is not performed', async () => {
    const { press, workshop } = await openGuide();
    expect((await press('/steps/nothing/check')).status).toBe(404);
    expect(workshop.asked).toEqual([]);
  });
});

test('a fault that takes every page down is said as text', async () => {
  const progress = () => {
    throw new WorkshopError('JOURNAL_GONE', 'The journal is gone.', { remedy: 'Start again.' });
  };
  const { status, headers, body } = await (await openGuide({ progress })).ask('/');
  expect([status, headers['content-type'], body]).toEqual([
    500,
    'text/plain; charset=utf-8',
    'The journal is gone.\n\nWhat helps: Start again.\n(JOURNAL_GONE)\n',
  ]);
});
