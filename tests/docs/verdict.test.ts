import { describe, expect, test } from 'vitest';
import type { Finding } from '../../model/finding.ts';
import type { CheckResult } from '../../model/verdict.ts';
import { openGuide, words } from './guide-fixture.ts';
import { INJECTION, NOTE, OTHER_EVIDENCE, SORTING } from './sample-findings.ts';
import { recordErroredRun, recordRun } from './sample-runs.ts';

const PAGE = '/steps/sql-injection';

describe('the verdict box', () => {
  test('begins without a verdict and lists every check as not run yet', async () => {
    const { ask } = await openGuide();
    const { page } = await ask(PAGE);
    expect(words(page.querySelector('.verdict-headline'))).toBe('No verdict yet');
    expect(page.querySelectorAll('.check .state').map(words)).toEqual(Array(5).fill('not run yet'));
  });

  test('says the outcome and the time first, then each check with a glyph and a word', async () => {
    const { ask, workshop } = await openGuide();
    recordRun(workshop, '1', { quotes: [INJECTION], sort: [SORTING], limit: [NOTE] });
    const { page } = await ask(PAGE);
    const status = page.querySelector('#verdict [role="status"]');
    expect(words(page.querySelector('.verdict-headline'))).toMatch(/^Failed \d\d:\d\d:\d\d in 412 ms$/);
    expect(words(status)).toContain('3 of 5 checks pass.');
    expect(status?.querySelectorAll('.check .state').map(words)).toEqual([
      'passed',
      'failed',
      'failed',
      'passed',
      'passed',
    ]);
    expect(status?.querySelectorAll('.check .state svg')).toHaveLength(5);
  });

  test('opens the first finding and folds the others; a note fails nothing', async () => {
    const { ask, workshop } = await openGuide();
    recordRun(workshop, '1', { quotes: [INJECTION], sort: [SORTING], limit: [NOTE] });
    const findings = (await ask(PAGE)).page.querySelectorAll('details.finding');
    expect(
      findings.map((found) => [words(found.querySelector('.finding-message')), found.hasAttribute('open')]),
    ).toEqual([
      [INJECTION.message, true],
      [SORTING.message, false],
      [NOTE.message, false],
    ]);
    expect(findings.map((found) => words(found.querySelector('.finding-check')))).toEqual([
      'A quote in a name is an ordinary letter',
      'Sorting takes only the columns that are offered',
      'The limit is a number, whatever is sent',
    ]);
  });

  test('folds all but the first few findings into one line that counts them, and shows notes apart', async () => {
    const { ask, workshop } = await openGuide();
    const many = Array.from({ length: 8 }, (_, index) => ({ ...SORTING, message: `Sorting ${index + 1}.` }));
    recordRun(workshop, '1', { quotes: [INJECTION], sort: [SORTING, ...many], limit: [NOTE] });
    const { page } = await ask(PAGE);
    const more = page.querySelector('details[data-level="more"]:not([open])');
    expect(words(more?.querySelector('summary') ?? null)).toBe('5 more findings');
    expect(more?.querySelectorAll('details.finding .finding-message').map(words)).toEqual(
      [4, 5, 6, 7, 8].map((number) => `Sorting ${number}.`),
    );
    expect(page.querySelectorAll('.findings > [data-level="error"]')).toHaveLength(5);
    expect(page.querySelectorAll('.findings > [data-level="note"]')).toHaveLength(1);
  });

  test('tells a finding whole: tried, expected, observed, where, why and its rule', async () => {
    const { ask, workshop } = await openGuide();
    recordRun(workshop, '1', { quotes: [INJECTION] });
    const { page } = await ask(PAGE);
    expect(page.querySelectorAll('.facts > div').map(words)).toEqual([
      "Tried GET /patients/search?name=' OR 1=1--",
      'Expected no patient, because nobody has that name',
      'Observed 12 patients of 3 facilities',
      'Where app/src/views/search.ts:42:7 Open in editor',
      'Why Whoever can type into the search can read the whole clinic.',
      'Rule injection/value-in-text',
    ]);
    expect(page.querySelector('.place code')?.textContent).toBe('app/src/views/search.ts:42:7');
  });

  test('marks the learner-visible input inside the statement', async () => {
    const { ask, workshop } = await openGuide();
    recordRun(workshop, '1', { quotes: [INJECTION] });
    const { page } = await ask(PAGE);
    expect(page.querySelector('.statements pre mark')?.textContent).toBe("' OR 1=1--");
    expect(words(page.querySelector('.legend'))).toBe("' OR 1=1-- typed into the search");
  });

  test('opens the editor at the place by a form', async () => {
    const { ask, press, workshop } = await openGuide();
    recordRun(workshop, '1', { quotes: [INJECTION] });
    const form = (await ask(PAGE)).page.querySelector('.place form');
    const fields = Object.fromEntries(
      (form?.querySelectorAll('input') ?? []).map((input) => [
        input.getAttribute('name') ?? '',
        input.getAttribute('value') ?? '',
      ]),
    );
    const { status, headers } = await press(form?.getAttribute('action') ?? '', fields);
    expect([status, headers.location]).toEqual([303, '/steps/sql-injection#verdict']);
    expect(workshop.asked).toEqual(['edit app/src/views/search.ts 42']);
  });

  test('shows every kind of evidence as text', async () => {
    const { ask, workshop } = await openGuide();
    const found: Finding = { ...SORTING, evidence: [...OTHER_EVIDENCE] };
    recordRun(workshop, '1', { sort: [found] });
    const text = words((await ask(PAGE)).page.querySelector('.finding-body'));
    for (const piece of [
      'Expected Ada Example Observed Ada Example, Bo Sample',
      'patients, 12 rows',
      'a copy of facilities.name',
      'notes (patient_id) patients (id) restrict',
      'app/src/views/notes.ts, 80 lines',
      '3 to 5 redundant says what the code says',
      'createPatient app/src/views/patients.ts:10 81 6 14',
      'express 4.16.0 210.0 kB yes yes CVE-2022-24999',
      'COPY . . about 1.5 MB 900 B',
      '.secrets a key docker history',
    ]) {
      expect(text).toContain(piece);
    }
  });

  test('groups checks by their part', async () => {
    const { ask } = await openGuide();
    const parts = (await ask('/steps/data-modeling')).page.querySelectorAll('#verdict .part');
    expect(
      parts.map((part) => [words(part.querySelector('.part-title')), part.querySelectorAll('.check').length]),
    ).toEqual([
      ['Facilities', 2],
      ['Patients', 1],
    ]);
  });

  test('while a run goes on shows what it has decided and keeps the findings of the run before', async () => {
    const { ask, workshop } = await openGuide();
    recordRun(workshop, '1', { quotes: [INJECTION] });
    workshop.record({ slug: 'sql-injection', type: 'run.started', run: '2' });
    const check = {
      id: 'search-works',
      outcome: 'passed',
      findings: [],
      evidence: [],
      durationMs: 3,
    } satisfies CheckResult;
    workshop.record({ slug: 'sql-injection', type: 'check.finished', run: '2', check });
    const { page } = await ask(PAGE);
    expect(words(page.querySelector('.verdict-headline'))).toMatch(/^Running \d\d:\d\d:\d\d started$/);
    expect(page.querySelectorAll('.check .state').map(words)).toEqual([
      'passed',
      ...Array<string>(4).fill('running'),
    ]);
    expect(words(page.querySelector('.findings[data-fresh="no"] .finding-message'))).toBe(INJECTION.message);
  });

  test('links the discussion after passing', async () => {
    const { ask, workshop } = await openGuide();
    recordRun(workshop, '1');
    const { page } = await ask(PAGE);
    expect(words(page.querySelector('.verdict-remark'))).toBe(
      'All 5 checks pass. Read the discussion before you go on.',
    );
    expect(words(page.querySelector('.way-on .button'))).toBe('Go on to step 10: Secrets in layers');
  });

  test('says of a step that passed before that it broke again', async () => {
    const { ask, workshop } = await openGuide();
    recordRun(workshop, '1');
    recordRun(workshop, '2', { quotes: [INJECTION] });
    const { page } = await ask(PAGE);
    expect(words(page.querySelector('.verdict-headline'))).toMatch(/^Broken again/);
    expect(words(page.querySelector('.verdict-remark'))).toBe(
      'This step passed before, and a later change broke it. 4 of 5 checks pass.',
    );
    expect(page.querySelector('.sidebar [data-state="regressed"]')).not.toBeNull();
  });

  test('never blames the learner for a judge that could not run', async () => {
    const { ask, workshop } = await openGuide();
    recordErroredRun(workshop, '1');
    const { page } = await ask(PAGE);
    const text = words(page.querySelector('#verdict [role="status"]'));
    expect(text).toMatch(/^The judge could not run \d\d:\d\d:\d\d in 30 ms This is not about your code\./);
    expect(text).toContain('nobody answers there. What helps: Run npm start again. (DATABASE_UNREACHABLE)');
    expect(page.querySelector('#verdict .finding')).toBeNull();
    expect(text).not.toMatch(/failed/i);
  });

  test('says which step a save is judged for, and offers to change it', async () => {
    const { ask, press, workshop } = await openGuide();
    expect(words((await ask(PAGE)).page.querySelector('.verdict-foot'))).toContain(
      'A save is judged for step 1, Bad data modelling. Work on this one instead',
    );
    workshop.record({ slug: 'dependency-versions', type: 'step.opened' });
    expect(words((await ask(PAGE)).page.querySelector('.verdict-foot'))).toContain(
      'You are at step 2, Dependency versions, which is not judged yet. Work on this one instead',
    );
    await press('/steps/sql-injection/open');
    expect(words((await ask(PAGE)).page.querySelector('.verdict-foot'))).toBe(
      'Load this page again to see the latest verdict. Run the checks',
    );
  });
});

describe('text of a learner', () => {
  const hostile = `"><script>alert(1)</script><img src=x onerror=alert(2)> ' & \u202etxt.exe \u0000`;
  const found: Finding = {
    ruleId: 'injection/value-in-text',
    level: 'error',
    message: hostile,
    tried: hostile,
    expected: hostile,
    observed: hostile,
    why: hostile,
    location: { file: `app/${hostile}`, line: 1 },
    evidence: [
      ...(INJECTION.evidence ?? []).map((evidence) =>
        evidence.kind === 'statements'
          ? { ...evidence, statements: evidence.statements.map((one) => ({ ...one, sql: hostile })) }
          : evidence,
      ),
      { kind: 'comparison', expected: hostile, observed: hostile },
      {
        kind: 'exchange',
        request: { method: 'GET', path: hostile, body: hostile },
        response: { status: 200, body: hostile },
      },
    ],
  };

  test.each([PAGE, '/steps/sql-injection/verdict'])('never becomes markup on %s', async (path) => {
    const { ask, workshop } = await openGuide();
    recordRun(workshop, '1', { quotes: [found] });
    const { body, page } = await ask(path);
    expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page.querySelectorAll('script:not([src]), img, [onerror]')).toEqual([]);
    expect(body).not.toMatch(/[\u202e\u0000]/u);
    expect(body).toContain('[U+202E]');
    expect(body).toContain('␀');
  });

  test('cannot leave the attribute that it stands in', async () => {
    const { ask, workshop } = await openGuide();
    recordRun(workshop, '1', { quotes: [found] });
    const { page } = await ask(PAGE);
    expect(page.querySelector('.place input[name="file"]')?.getAttribute('value')).toContain(
      '<img src=x onerror=alert(2)>',
    );
    expect(page.querySelector('.finding')?.attributes).toMatchObject({ 'data-level': 'error' });
  });
});
