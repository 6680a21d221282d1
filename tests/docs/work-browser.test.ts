import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startGuide } from '../../docs/start-guide.ts';
import { chromiumPath, launchBrowser } from '../browser.ts';
import { axe } from './axe.ts';
import { openGuide, type OpenGuide } from './guide-fixture.ts';
import { sampleReport, withQuestions } from './sample-own-words.ts';
import { recordRun } from './sample-runs.ts';
import { compared, sampleComparison, SEARCH } from './sample-work.ts';

const STEP = '/steps/sql-injection';
/** What a browser reports when a test stops the server or makes an action fail. */
const EXPECTED = /ERR_(CONNECTION_\w+|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING)|status of (403|500)/;

describe.skipIf(chromiumPath() === null)('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  async function context(options: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> {
    const made = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    onTestFinished(() => made.close());
    return made;
  }

  /** A page that fails its test by any error of its own. */
  async function visit(open: OpenGuide, path: string, into?: BrowserContext): Promise<Page> {
    const page = await (into ?? (await context())).newPage();
    const errors: string[] = [];
    onTestFinished(() => expect(errors).toEqual([]));
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !EXPECTED.test(message.text())) errors.push(message.text());
    });
    await page.goto(open.guide.url + path);
    return page;
  }

  const passed = async (options: Parameters<typeof openGuide>[0] = {}) => {
    const open = await openGuide({ content: withQuestions, ...options });
    recordRun(open.workshop, '1');
    return open;
  };
  const firstAnswer = (page: Page) => page.locator('textarea').first();
  const saveFirst = (page: Page) => page.getByRole('button', { name: 'Save my answer' }).first().click();

  describe('the comparison', () => {
    test('is asked for by one button, with and without JavaScript', async () => {
      for (const javaScriptEnabled of [true, false]) {
        const open = await openGuide();
        const page = await visit(open, `${STEP}/solution`, await context({ javaScriptEnabled }));
        expect(await page.locator('.sides').count()).toBe(0);
        await page.getByRole('button', { name: 'Show the solution' }).click();
        await page.locator('.sides').first().waitFor();
        expect(open.workshop.asked).toEqual(['solution sql-injection']);
      }
    });

    test('keeps lines that are alike level when others wrap, and stands one above the other where it is narrow', async () => {
      const long = `const long = '${'a word '.repeat(60)}';`;
      const file = compared('app/a.ts', `${long}\nsame\nend\n`, 'const short = 1;\nadded\nsame\nend\n');
      const open = await passed({ comparison: sampleComparison([file]) });
      const page = await visit(open, `${STEP}/solution`);
      expect(await heights(page, 'same')).toEqual({ level: true, beside: true });
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await heights(page, 'same')).toEqual({ level: false, beside: false });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    });

    test('is copied without numbers and without the other side, by button and by hand', async () => {
      const open = await passed();
      const page = await visit(
        open,
        `${STEP}/solution`,
        await context({ permissions: ['clipboard-read', 'clipboard-write'] }),
      );
      await page.getByRole('button', { name: 'Copy Solution lines 34 to 37' }).click();
      await page.locator('[data-announcer]', { hasText: 'Copied' }).waitFor({ state: 'attached' });
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
        "// line 33 of many\n// line 34 of many\nexport const limit = 50;\nexport const sorts = ['name'];\n",
      );
      await page.evaluate(
        `getSelection().selectAllChildren(document.querySelector('[data-side="del"] code'))`,
      );
      expect(await page.evaluate('getSelection().toString()')).toMatch(
        /^import \{ query \}(?![\s\S]*\[name\])/,
      );
    });
  });

  describe('an answer', () => {
    test('is saved without a load, which is said with the time, and shows in another tab', async () => {
      const open = await passed();
      const both = await context();
      const [one, two] = [
        await visit(open, `${STEP}/discussion`, both),
        await visit(open, `${STEP}/discussion`, both),
      ];
      await one.bringToFront();
      await one.evaluate('window.stayed = true');
      await firstAnswer(one).fill('It ends the text.');
      await one.getByText('Not saved yet').first().waitFor();
      await saveFirst(one);
      await one
        .getByText(/^Saved (at|on) /)
        .first()
        .waitFor();
      expect(await one.evaluate('window.stayed')).toBe(true);
      await expect.poll(() => firstAnswer(two).inputValue()).toBe('It ends the text.');

      await firstAnswer(two).fill('It ends the text, and more.');
      await saveFirst(two);
      await expect.poll(() => firstAnswer(one).inputValue()).toBe('It ends the text, and more.');
      expect(await one.getByText('Not saved yet').first().isVisible()).toBe(false);
    });

    test('that is being written is not touched by what another tab saves', async () => {
      const open = await passed();
      const page = await visit(open, `${STEP}/discussion`);
      await firstAnswer(page).fill('Half a thou');
      const question = await page.locator('[name="question"]').first().inputValue();
      open.workshop.record({
        slug: 'sql-injection',
        type: 'discussion.answered',
        question,
        answer: 'Theirs',
      });
      await expect.poll(() => firstAnswer(page).evaluate((area) => area.textContent)).toBe('Theirs');
      expect(await firstAnswer(page).inputValue()).toBe('Half a thou');
      await page.getByText('Not saved yet').first().waitFor();
    });

    test('that fails to be saved stays where it is, says why, and survives a load', async () => {
      const open = await passed({ failure: new Error('the disk is full') });
      const page = await visit(open, `${STEP}/discussion`);
      await firstAnswer(page).fill('Mine');
      await saveFirst(page);
      await page.locator('.action-problem[role="alert"]', { hasText: 'the disk is full' }).waitFor();
      expect(await firstAnswer(page).inputValue()).toBe('Mine');
      await page.reload();
      expect(await firstAnswer(page).inputValue()).toBe('Mine');
      await page.getByText('Not saved yet').first().waitFor();
    });

    test('is shown back without JavaScript when it was not saved', async () => {
      const open = await passed({ failure: new Error('the disk is full') });
      const page = await visit(open, `${STEP}/discussion`, await context({ javaScriptEnabled: false }));
      await firstAnswer(page).fill('\n<b>Mine</b>');
      await saveFirst(page);
      await page.getByRole('heading', { name: 'Your answer was not saved' }).waitFor();
      expect(await firstAnswer(page).inputValue()).toBe('\n<b>Mine</b>');
    });
  });

  test('a score is saved without a load and shows in another tab', async () => {
    const open = await passed();
    const both = await context();
    const [one, two] = [
      await visit(open, `${STEP}/discussion`, both),
      await visit(open, `${STEP}/discussion`, both),
    ];
    await one.getByLabel('A senior engineer').check();
    await one.getByRole('button', { name: 'Save my score' }).click();
    await one.getByText('Saved as a senior engineer').waitFor();
    await two.getByText('Saved as a senior engineer').waitFor();
    expect(await two.getByLabel('A senior engineer').isChecked()).toBe(true);
  });

  test('a reset is asked for, done, and undone by the buttons of its page', async () => {
    const last = {
      id: 'kept',
      at: '2026-03-03T14:03:00.000Z',
      reason: 'reset',
      touches: null,
      undone: false,
    };
    const open = await passed({ resetPlan: { files: ['app/src/a.ts'], last } });
    const page = await visit(open, `${STEP}`);
    await page.getByRole('link', { name: 'Reset the step’s files' }).click();
    await page.getByRole('button', { name: 'Reset these files' }).click();
    await page.getByRole('button', { name: 'Undo: bring my files back' }).click();
    await expect
      .poll(() => open.workshop.asked)
      .toEqual(['reset sql-injection app/src/a.ts', 'undo sql-injection kept']);
  });

  test('a tab whose stream was dropped catches up with what was answered meanwhile', async () => {
    const open = await passed();
    const page = await visit(open, `${STEP}/discussion`);
    await page.waitForFunction(`document.querySelector('[data-saved]') !== null`);
    const question = await page.locator('[name="question"]').first().inputValue();
    await open.guide.close();
    open.workshop.record({
      slug: 'sql-injection',
      type: 'discussion.answered',
      question,
      answer: 'From elsewhere',
    });
    const again = await startGuide(open.workshop.source, { port: Number(new URL(open.guide.url).port) });
    onTestFinished(() => again.close());
    await expect.poll(() => firstAnswer(page).inputValue()).toBe('From elsewhere');
    // The new start has a new token, which the page has got with the rest.
    await firstAnswer(page).fill('From here');
    await saveFirst(page);
    await expect.poll(() => open.workshop.asked.at(-1)).toContain('From here');
  });

  test.each([
    ['the question before the solution', `${STEP}/solution`, false],
    ['the comparison', `${STEP}/solution`, true],
    ['the discussion with its questions', `${STEP}/discussion`, true],
    ['the reset', `${STEP}/reset`, true],
    ['the report', '/report', true],
  ])('%s is accessible in light, in dark and at 320 px, and never wider', async (_name, path, done) => {
    const files = [SEARCH, compared('app/new.sql', null, 'SELECT 1;\n')];
    const last = {
      id: 'kept',
      at: '2026-03-03T14:03:00.000Z',
      reason: 'reset',
      touches: ['app/a.ts'],
      undone: false,
    };
    const options = {
      content: withQuestions,
      comparison: sampleComparison(files),
      report: sampleReport('x'),
    };
    const open = await openGuide({ ...options, resetPlan: { files: ['app/a.ts'], last } });
    if (done) recordRun(open.workshop, '1');
    const page = await visit(open, path);
    await page.evaluate(`document.querySelectorAll('details').forEach((one) => (one.open = true))`);
    expect(await axe(page), 'light').toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await axe(page), 'dark').toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await axe(page), '320 px').toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  });

  test('the report prints without what is only for the screen, each step on a page of its own', async () => {
    const open = await openGuide({ report: sampleReport('x') });
    const page = await visit(open, '/report');
    await page.emulateMedia({ media: 'print' });
    for (const hidden of ['.masthead-links', '.sidebar', '.site-footer', '.copy', '.hide-in-print'])
      expect(await page.locator(hidden).first().isVisible(), hidden).toBe(false);
    const breaks = `[...document.querySelectorAll('.reported')].map((one) => getComputedStyle(one).breakBefore)`;
    expect(await page.evaluate(breaks)).toEqual(['page', 'page']);
    expect((await page.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(1000);
  });
});

/** Whether the line with that text stands at one height on both sides, and the sides beside each other. */
function heights(page: Page, text: string): Promise<{ level: boolean; beside: boolean }> {
  return page.evaluate(`(() => {
    const sides = [...document.querySelectorAll('.side')];
    const tops = sides.map((side) => [...side.querySelectorAll('.line')].find((line) => line.textContent === ${JSON.stringify(`${text}\n`)}).getBoundingClientRect().top);
    return { level: Math.abs(tops[0] - tops[1]) < 1, beside: sides[0].getBoundingClientRect().right <= sides[1].getBoundingClientRect().left };
  })()`);
}
