import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startGuide } from '../../docs/start-guide.ts';
import { chromiumPath, launchBrowser } from '../browser.ts';
import { openGuide, type OpenGuide } from './guide-fixture.ts';
import { INJECTION, NOTE, OTHER_EVIDENCE, SORTING } from './sample-findings.ts';
import { recordErroredRun, recordRun } from './sample-runs.ts';

const PAGE = '/steps/sql-injection';

/** What a browser reports when a test stops the server, asks for what is not there, or makes an action fail. */
const EXPECTED = /ERR_(CONNECTION_\w+|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING)|status of (404|500)/;

describe.skipIf(chromiumPath() === null)('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  /** A page that fails its test by any error of its own, a breach of the policy included. */
  async function visit(
    open: OpenGuide,
    path: string,
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<{ page: Page; context: BrowserContext }> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    onTestFinished(async () => {
      await context.close();
      expect(errors).toEqual([]);
    });
    const errors: string[] = [];
    const page = await context.newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !EXPECTED.test(message.text())) errors.push(message.text());
    });
    await page.goto(open.guide.url + path);
    return { page, context };
  }

  test('the verdict changes live, without a load, and nothing shifts', async () => {
    const open = await openGuide();
    open.workshop.record({ slug: 'sql-injection', type: 'step.opened' });
    recordRun(open.workshop, '1', { quotes: [INJECTION], sort: [SORTING] });
    const { page } = await visit(open, PAGE);
    await page.getByText('Save a file and the verdict appears here.').waitFor();
    await page.evaluate(WATCH_SHIFTS);
    const before = await places(page);

    open.workshop.record({ slug: 'sql-injection', type: 'run.started', run: '2' });
    await page.locator('.verdict[data-outcome="running"]').waitFor();
    expect(await places(page)).toEqual(before);
    recordRun(open.workshop, '3');
    await page.locator('.verdict[data-outcome="passed"]').waitFor();
    await page.locator('.sidebar [data-state="done"]').waitFor();
    expect(await places(page)).toEqual(before);
    recordRun(open.workshop, '4', { quotes: [INJECTION], sort: [SORTING] });
    await page.locator('.verdict[data-outcome="regressed"]').waitFor();
    expect(await places(page)).toEqual(before);

    expect(await page.evaluate(SHIFTS)).toEqual([]);
    expect(await page.evaluate('window.stayed')).toBe(true);
  });

  test('this way of measuring sees a shift when there is one', async () => {
    const open = await openGuide();
    const { page } = await visit(open, PAGE);
    await page.evaluate(WATCH_SHIFTS);
    await page.evaluate(`document.querySelector('main h1').style.marginTop = '90px'`);
    await page.waitForFunction(`${SHIFTS}.length > 0`);
  });

  test('a renewed verdict keeps the focus and what the reader folded open', async () => {
    const open = await openGuide();
    recordRun(open.workshop, '1', { quotes: [INJECTION], sort: [SORTING] });
    const { page } = await visit(open, PAGE);
    const second = page.locator('details.finding').nth(1);
    await second.locator('> summary').click();
    await page.locator('details.finding').first().locator('> summary').click();
    await second.locator('> summary').focus();
    recordRun(open.workshop, '2', { quotes: [INJECTION], sort: [SORTING], limit: [NOTE] });
    await page.locator('details.finding').nth(2).waitFor();
    expect(await second.evaluate((element) => element.hasAttribute('open'))).toBe(true);
    expect(
      await page
        .locator('details.finding')
        .first()
        .evaluate((element) => element.hasAttribute('open')),
    ).toBe(false);
    expect(await page.evaluate('document.activeElement.textContent')).toContain(SORTING.message);
  });

  test('what becomes the first finding unfolds', async () => {
    const open = await openGuide();
    recordRun(open.workshop, '1', { quotes: [INJECTION], sort: [SORTING] });
    const { page } = await visit(open, PAGE);
    recordRun(open.workshop, '2', { sort: [SORTING] });
    await page.locator('details.finding:only-of-type[open]').waitFor();
    expect(await page.locator('details.finding .finding-message').textContent()).toBe(SORTING.message);
  });

  test('a dropped stream is said with the age of the last verdict, and the way back catches up', async () => {
    const open = await openGuide();
    open.workshop.record({ slug: 'sql-injection', type: 'step.opened' });
    recordRun(open.workshop, '1', { quotes: [INJECTION] });
    const { page } = await visit(open, PAGE);
    await page.getByText('Save a file and the verdict appears here.').waitFor();
    await open.guide.close();
    await page.getByText(/^Connection lost, last verdict \d+ \w+ ago\. Trying again\.$/).waitFor();
    recordRun(open.workshop, '2');
    const again = await startGuide(open.workshop.source, { port: Number(new URL(open.guide.url).port) });
    onTestFinished(() => again.close());
    await page.locator('.verdict[data-outcome="passed"]').waitFor();
    await page.getByText('Save a file and the verdict appears here.').waitFor();
  });

  test('a hidden page lets go of its stream and catches up when it is seen again', async () => {
    const open = await openGuide();
    recordRun(open.workshop, '1', { quotes: [INJECTION] });
    const { page } = await visit(open, PAGE);
    await page.evaluate(`Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'))`);
    recordRun(open.workshop, '2');
    await page.evaluate(`Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'))`);
    await page.locator('.verdict[data-outcome="passed"]').waitFor();
  });

  test('buttons work with and without JavaScript', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const open = await openGuide();
      recordRun(open.workshop, '1', { quotes: [INJECTION] });
      const { page } = await visit(open, PAGE, { javaScriptEnabled });
      await page.getByRole('button', { name: 'Show hint 1 of 4' }).click();
      await page.getByText('Look at the shape').waitFor();
      await page.getByRole('button', { name: 'Open in editor' }).first().click();
      await page.getByRole('button', { name: 'Run the checks' }).click();
      await expect
        .poll(() => open.workshop.asked)
        .toEqual(['hint sql-injection', 'edit app/src/views/search.ts 42', 'check sql-injection']);
      await page.goto(open.guide.url);
      await page.getByRole('button', { name: 'Resume step 7: SQL injection' }).click();
      await page.waitForURL(`**${PAGE}`);
    }
  });

  test('a button that fails says why beside it', async () => {
    const open = await openGuide({ failure: new Error('nobody home') });
    const { page } = await visit(open, PAGE);
    await page.getByRole('button', { name: 'Run the checks' }).click();
    await page.locator('.action-problem[role="alert"]').filter({ hasText: 'nobody home' }).waitFor();
  });

  test('the theme is the system’s until one is chosen, and then stays', async () => {
    const open = await openGuide();
    const { page } = await visit(open, PAGE, { colorScheme: 'dark' });
    const background = () => page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    expect(await background()).toBe('rgb(20, 23, 28)');
    await page.getByRole('button', { name: 'Theme: System' }).click();
    expect(await background()).toBe('rgb(255, 255, 255)');
    await page.reload();
    expect(await background()).toBe('rgb(255, 255, 255)');
    await page.getByRole('button', { name: 'Theme: Light' }).click();
    await page.getByRole('button', { name: 'Theme: Dark' }).click();
    expect(await page.evaluate(`document.documentElement.hasAttribute('data-theme')`)).toBe(false);
  });

  test('the copy button leaves removed lines and prompts out', async () => {
    const open = await openGuide();
    const { page } = await visit(open, PAGE, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.locator('.code-group label', { hasText: 'after' }).click();
    await page.getByRole('button', { name: 'Copy after' }).click();
    await page.locator('[data-announcer]', { hasText: 'Copied' }).waitFor({ state: 'attached' });
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      "const rows = await query('SELECT * FROM t WHERE name = $1', [name]);\n",
    );
  });

  test('the list of steps opens on a narrow window without JavaScript', async () => {
    const open = await openGuide();
    const { page } = await visit(open, PAGE, {
      viewport: { width: 320, height: 640 },
      javaScriptEnabled: false,
    });
    expect(await page.locator('.sidebar').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Steps' }).click();
    await page
      .locator('.sidebar')
      .getByRole('link', { name: /Bad data modelling/ })
      .click();
    await page.waitForURL('**/steps/data-modeling');
  });

  test.each(STATES)(
    '%s is accessible in light, in dark and at 320 px, and never wider than the window',
    async (_state, path, prepare) => {
      const open = await openGuide();
      prepare(open);
      const { page } = await visit(open, path);
      await page.evaluate(`document.querySelectorAll('details').forEach((one) => (one.open = true))`);
      expect(await axe(page), 'light').toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await axe(page), 'dark').toEqual([]);
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await axe(page), '320 px').toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    },
  );

  test('axe finds what is wrong when something is', async () => {
    const open = await openGuide();
    const { page } = await visit(open, '/');
    await page.evaluate(
      `document.querySelector('main h1').insertAdjacentHTML('afterend', '<button></button>')`,
    );
    expect(await axe(page)).toEqual([expect.stringContaining('button-name')]);
  });
});

type State = readonly [name: string, path: string, prepare: (open: OpenGuide) => void];

const STATES: readonly State[] = [
  ['the first page', '/', () => undefined],
  [
    'the first page with a step that broke again',
    '/',
    ({ workshop }) => {
      recordRun(workshop, '1');
      recordRun(workshop, '2', { quotes: [INJECTION] });
    },
  ],
  ['a step before its first run', PAGE, () => undefined],
  ['a step in parts', '/steps/data-modeling', () => undefined],
  ['a step that is not judged', '/steps/dependency-versions', () => undefined],
  [
    'a failed verdict with every evidence',
    PAGE,
    ({ workshop }) => {
      const sorting = { ...SORTING, evidence: [...OTHER_EVIDENCE] };
      recordRun(workshop, '1', { quotes: [INJECTION], sort: [sorting], limit: [NOTE] });
    },
  ],
  [
    'a passed verdict with hints',
    PAGE,
    ({ workshop }) => {
      for (const hint of [1, 2]) workshop.record({ slug: 'sql-injection', type: 'hint.revealed', hint });
      recordRun(workshop, '1');
    },
  ],
  ['a verdict that could not be reached', PAGE, ({ workshop }) => recordErroredRun(workshop, '1')],
  [
    'a running verdict',
    PAGE,
    ({ workshop }) => {
      recordRun(workshop, '1', { quotes: [INJECTION] });
      workshop.record({ slug: 'sql-injection', type: 'run.started', run: '2' });
    },
  ],
  ['the discussion before passing', `${PAGE}/discussion`, () => undefined],
  ['a page that is not there', '/steps/sql-injektion', () => undefined],
];

/** Rule and place of each breach of WCAG 2.2 A and AA, and of axe's good practices. */
async function axe(page: Page): Promise<string[]> {
  const path = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
  // Evaluated and not added as a script, which the page's policy would refuse.
  await page.evaluate(await readFile(path, 'utf8'));
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await page.evaluate<{
    violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[];
  }>(`axe.run(document, { runOnly: ${JSON.stringify(tags)} })`);
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary}`).join('; ')}`,
  );
}

/** Where what must not move stands, from the top of the page. */
function places(page: Page): Promise<unknown> {
  return page.evaluate(
    `['main h1', '#verdict', '.check:last-child', '.guide', '.guide h2', '.hints']
      .map((selector) => [selector, Math.round(document.querySelector(selector).getBoundingClientRect().top + scrollY)])`,
  );
}

/** Keeps what moved and from where to where, by the browser's own account. */
const WATCH_SHIFTS = `window.stayed = true; window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { sources } of list.getEntries()) for (const { node, previousRect: from, currentRect: to } of sources) {
      const name = node instanceof Element ? node.outerHTML.slice(0, 90) : String(node?.textContent).trim();
      window.shifts.push(name + ' from ' + [from.x, from.y, from.height] + ' to ' + [to.x, to.y, to.height]);
    }
  }).observe({ type: 'layout-shift', buffered: false })`;
const SHIFTS = 'window.shifts';
