import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startGuide } from '../../docs/start-guide.ts';
import { chromiumPath, launchBrowser } from '../browser.ts';
import { axe } from './axe.ts';
import { visit } from './browser-visit.ts';
import { openGuide } from './guide-fixture.ts';
import { INJECTION, SORTING } from './sample-findings.ts';
import { QUESTION, withQuestions } from './sample-own-words.ts';
import { recordRun } from './sample-runs.ts';

const STEP = '/steps/sql-injection';

describe.skipIf(chromiumPath() === null)('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  test('the search opens by key, is gone through with arrows, and leads to the place', async () => {
    const { guide } = await openGuide();
    const { page } = await visit(browser, guide.url + STEP);
    await page.keyboard.press('Control+k');
    const dialog = page.getByRole('dialog', { name: 'Search' });
    await dialog.getByText('Guides, hints that you have seen').waitFor();
    await page.keyboard.type('statement');
    await dialog.locator('.result').first().waitFor();
    expect(await dialog.locator('.result mark').first().textContent()).toBe('statement');
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    expect(await page.evaluate('document.activeElement.closest(".result") !== null')).toBe(true);
    await page.keyboard.press('ArrowUp');
    expect(await page.evaluate('document.activeElement.name')).toBe('q');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('parametre');
    await dialog.getByText('For “parameter”').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/glossary#term-parameter');
  });

  test('the search closes with Escape and gives the focus back, and a slash in a field is a letter', async () => {
    const { guide } = await openGuide();
    const { page } = await visit(browser, guide.url + STEP);
    await page.getByRole('button', { name: 'Run the checks' }).focus();
    await page.keyboard.press('/');
    const field = page.getByRole('dialog').getByRole('searchbox');
    await field.fill('a');
    await field.press('End');
    await page.keyboard.type('/n?');
    expect(await field.inputValue()).toBe('a/n?');
    expect(new URL(page.url()).pathname).toBe(STEP);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('Run the checks');
  });

  test('single keys lead to the neighbours, run the checks, and go to the hint without taking it', async () => {
    const { guide, workshop } = await openGuide();
    const { page } = await visit(browser, guide.url + STEP);
    await page.keyboard.press('r');
    await expect.poll(() => workshop.asked).toEqual(['check sql-injection']);
    await page.keyboard.press('h');
    expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('Show hint 1 of 4');
    await page.keyboard.press('n');
    await page.waitForURL('**/steps/secrets-in-layers');
    await page.keyboard.press('p');
    await page.waitForURL(`**${STEP}`);
    await page.keyboard.press('l');
    await page.waitForURL(`${guide.url}/`);
    await page.keyboard.press('n');
    await page.keyboard.press('Shift+?');
    await page.getByRole('dialog', { name: 'Keys' }).getByText('Run the checks of this step').waitFor();
    expect(await axe(page)).toEqual([]);
    expect(workshop.asked).toEqual(['check sql-injection']);
  });

  test('single keys can be turned off, which is remembered, and Ctrl+K stays', async () => {
    const { guide, workshop } = await openGuide();
    const { page } = await visit(browser, `${guide.url}/keyboard`);
    await page.getByRole('checkbox', { name: 'Single keys are on' }).uncheck();
    await page.goto(guide.url + STEP);
    for (const key of ['r', 'n', '/', '?']) await page.keyboard.press(key);
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Search' }).waitFor();
    expect([workshop.asked, new URL(page.url()).pathname]).toEqual([[], STEP]);
  });

  test('a page that was asleep connects at once and asks for everything anew', async () => {
    const { guide, workshop } = await openGuide();
    recordRun(workshop, '1', { quotes: [INJECTION] });
    const { page } = await visit(browser, guide.url + STEP);
    await page
      .getByText('Save a file and the verdict appears here.')
      .or(page.getByText('Verdicts appear'))
      .waitFor();
    for (const wake of [ONLINE, CLOCK_JUMPS, BACK_FROM_CACHE]) {
      const stream = page.waitForRequest((request) => request.url().includes('/events'));
      const verdict = page.waitForRequest((request) => request.url().endsWith('/verdict'));
      await page.evaluate(wake);
      await Promise.all([stream, verdict]);
    }
  });

  test('after a restart of the workshop a button of the open page works', async () => {
    const open = await openGuide();
    const { page } = await visit(browser, open.guide.url + STEP);
    await page.getByText('Verdicts appear here as they come.').waitFor();
    await open.guide.close();
    await page.getByText(/^Connection lost/).waitFor();
    const again = await startGuide(open.workshop.source, { port: Number(new URL(open.guide.url).port) });
    onTestFinished(() => again.close());
    await page
      .locator(`#verdict input[name="token"][value="${again.token}"]`)
      .first()
      .waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Run the checks' }).click();
    await expect.poll(() => open.workshop.asked).toEqual(['check sql-injection']);
  });

  test('two tabs show the same verdict', async () => {
    const { guide, workshop } = await openGuide();
    const { page, context } = await visit(browser, guide.url + STEP);
    const other = await context.newPage();
    await other.goto(guide.url);
    await other.bringToFront();
    recordRun(workshop, '1');
    await other.locator('[data-key="card-sql-injection"][data-state="done"]').waitFor();
    await page.bringToFront();
    await page.locator('.verdict[data-outcome="passed"]').waitFor();
  });

  test('a whole step is gone through with the keyboard alone, and the focus is always seen', async () => {
    const { guide, workshop } = await openGuide({ content: withQuestions });
    recordRun(workshop, '1', { quotes: [INJECTION], sort: [SORTING] });
    const { page } = await visit(browser, guide.url);
    await tabTo(page, 'Skip to the text');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Resume step 7');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${STEP}`);
    await tabTo(page, SORTING.message);
    await page.keyboard.press('Enter');
    await page.locator('details.finding[open]').nth(1).waitFor();
    await tabTo(page, 'Run the checks');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Show hint 1 of 4');
    await page.keyboard.press('Enter');
    await page.getByText('Which parts of the statement').waitFor();
    recordRun(workshop, '2');
    await page.locator('.way-on').waitFor();
    await tabTo(page, 'Read the discussion');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/discussion');
    await tabTo(page, QUESTION.replaceAll('`', ''));
    await page.keyboard.type('It ends the text.');
    await tabTo(page, 'Save my answer');
    await page.keyboard.press('Enter');
    await page
      .getByText(/^Saved (at|on) /)
      .first()
      .waitFor();
    await tabTo(page, 'A junior engineer');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await tabTo(page, 'Save my score');
    await page.keyboard.press('Enter');
    await page.getByText('Saved as a senior engineer').waitFor();
    await tabTo(page, 'Go on to step 10');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/steps/secrets-in-layers');
    expect(workshop.asked).toEqual([
      'open sql-injection',
      'check sql-injection',
      'hint sql-injection',
      `answer sql-injection ${QUESTION} It ends the text.`,
      'score sql-injection senior',
      'open secrets-in-layers',
    ]);
  });

  test('everything is reached without JavaScript', async () => {
    const { guide } = await openGuide();
    const { page } = await visit(browser, guide.url, { javaScriptEnabled: false });
    await page.getByRole('link', { name: 'Search' }).click();
    await page.getByRole('searchbox').fill('parametre');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('link', { name: /Glossary Parameter/ }).click();
    await page.waitForURL('**/glossary#term-parameter');
    await page.getByRole('link', { name: 'For facilitators' }).click();
    await page.locator('.note-list').getByRole('link', { name: 'SQL injection' }).click();
    await page.getByRole('heading', { name: 'Watch for' }).waitFor();
    await page.getByRole('link', { name: 'Keyboard' }).click();
    await page.getByText('They need JavaScript').waitFor();
    await page.getByRole('link', { name: 'All steps' }).click();
    await page.getByRole('button', { name: 'Start with step 1: Bad data modelling' }).click();
    await page.waitForURL('**/steps/data-modeling');
  });
});

/** Presses Tab until the focus is on what is called by these words, or begins with them; every stop must show its focus. */
async function tabTo(page: Page, words: string): Promise<void> {
  for (let stop = 0; stop < 150; stop += 1) {
    await page.keyboard.press('Tab');
    const { text, outline } = await page.evaluate<{ text: string; outline: string }>(`{
      const focused = document.activeElement;
      const name = document.getElementById(focused.getAttribute('aria-labelledby')) ?? focused.labels?.[0] ?? focused;
      ({ text: name.textContent.trim().replaceAll(/\\s+/g, ' '), outline: focused === document.body ? 'solid' : getComputedStyle(focused).outlineStyle });
    }`);
    expect(outline, text).not.toBe('none');
    if (text.startsWith(words)) return;
  }
  throw new Error(`no stop at "${words}"`);
}

const ONLINE = `dispatchEvent(new Event('online'))`;
const CLOCK_JUMPS = `{ const now = Date.now.bind(Date); Date.now = () => now() + 600_000; }`;
const BACK_FROM_CACHE = `dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`;
