import { cp, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findStep, loadCatalogue } from '../../store/catalogue.ts';
import { applyPatch } from '../../store/patches.ts';
import { loadPatches } from '../../store/solutions.ts';
import { openWorkspace } from '../../store/workspace/workspace.ts';
import { chromiumPath, launchBrowser } from '../browser.ts';
import { startCli, type Started } from './started.ts';
import { copyWorkshop, type WorkshopCopy } from './workshop-copy.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');
const FILE = 'app/src/views/search.ts';

describe.skipIf(chromiumPath() === null)('the real workshop in a browser', () => {
  let workshop: WorkshopCopy;
  let daemon: Started;
  let browser: Browser;
  let guide: string;
  beforeAll(async () => {
    workshop = await copyWorkshop({}, 'shipped');
    await cp(join(ROOT, 'steps'), join(workshop.root, 'steps'), { recursive: true });
    daemon = startCli(workshop.root, ['start', '--no-open', '--port', '0', '--app-port', '0']);
    browser = await launchBrowser();
    guide = new URL((await daemon.said(/Guide +(http:\S+)/))[1] ?? '').origin;
    await daemon.said(/The clinic runs/);
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    daemon.kill('SIGTERM');
    await daemon.ended;
    await workshop.remove();
  }, 60_000);

  test('the clinic beside the step lets a doctor in', { timeout: 120_000 }, async () => {
    // The name that the terminal prints, and the other one: a login belongs to a site, and a site to a name.
    for (const name of ['127.0.0.1', 'localhost']) {
      const page = await open(browser, {});
      await page.goto(`${guide.replace(/127\.0\.0\.1|localhost/, name)}/steps/sql-injection`);
      await page.getByText('Or here, on this page').click();
      const clinic = page.frameLocator('iframe.pane-frame');
      await clinic.getByLabel('E-mail').fill('amara.okafor@clinic.example');
      await clinic.getByLabel('Password').fill('second-opinion');
      await clinic.getByRole('button', { name: 'Log in' }).click();
      await clinic.getByRole('heading', { name: 'Patients' }).waitFor();
      await clinic.getByRole('searchbox', { name: 'Name' }).fill('Ana');
      await clinic.getByRole('button', { name: 'Search' }).click();
      await clinic.getByRole('link', { name: 'Ana Ruiz' }).waitFor();
    }
  });

  test(
    'from the first page to a green step, in two windows at once',
    { timeout: 240_000 },
    async ({ annotate }) => {
      const wide = await open(browser, { viewport: { width: 1280, height: 900 }, colorScheme: 'light' });
      const narrow = await open(browser, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });

      await wide.goto(guide);
      await wide.getByRole('button', { name: 'Start with step 1: Bad data modelling' }).click();
      await wide.waitForURL('**/steps/data-modeling');
      await wide
        .getByRole('link', { name: /SQL injection/ })
        .first()
        .click();
      await wide.getByRole('button', { name: 'Work on this one instead' }).click();
      await wide.locator('.verdict[data-outcome="failed"]').waitFor({ timeout: 60_000 });

      await narrow.goto(guide);
      await narrow.getByRole('button', { name: 'Resume step 7: SQL injection' }).click();
      await narrow.locator('.verdict[data-outcome="failed"]').waitFor();
      expect(await narrow.evaluate('document.documentElement.scrollWidth')).toBe(390);

      const shipped = await readFile(join(workshop.root, FILE), 'utf8');
      for (const page of [wide, narrow]) await page.evaluate(WATCH);
      await workshop.write(FILE, await solution(workshop.root));
      for (const [page, name] of [
        [wide, 'wide'],
        [narrow, 'narrow'],
      ] as const) {
        await page.locator('.verdict[data-outcome="passed"]').waitFor({ timeout: 60_000 });
        expect(await page.evaluate('window.stayed'), name).toBe(true);
        expect(await page.evaluate('window.shifts'), name).toEqual([]);
        const late = await page.evaluate<number>(
          'window.turnedAt - Date.parse(document.querySelector("[data-verdict-at]").dataset.verdictAt)',
        );
        await annotate(`${name}: the page turned ${Math.round(late)} ms after the verdict`);
        expect(late).not.toBeNaN();
      }
      await wide.locator('.sidebar [data-key="sql-injection"][data-state="done"]').waitFor();
      await wide.getByRole('link', { name: 'Read the discussion' }).first().waitFor();

      await workshop.write(FILE, shipped);
      for (const page of [wide, narrow]) {
        await page.locator('.verdict[data-outcome="regressed"]').waitFor({ timeout: 60_000 });
      }
    },
  );
});

async function open(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(options);
  return context.newPage();
}

/** The file as the reference solution has it. */
async function solution(root: string): Promise<string> {
  const step = findStep(await loadCatalogue(root), 'sql-injection');
  const { solution: patch } = await loadPatches(step);
  if (patch === null) throw new Error('step 7 has no solution');
  const solved = applyPatch(await (await openWorkspace({ root })).baseline(), patch);
  return solved.get(FILE)?.toString('utf8') ?? '';
}

/** Notes a load, every shift of the layout, and the moment in which the verdict turns. */
const WATCH = `
  window.stayed = true;
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { sources } of list.getEntries()) for (const { node, previousRect: from, currentRect: to } of sources) {
      const name = node instanceof Element ? node.outerHTML.slice(0, 90) : String(node?.textContent).trim();
      window.shifts.push(name + ' from ' + [from.x, from.y, from.height] + ' to ' + [to.x, to.y, to.height]);
    }
  }).observe({ type: 'layout-shift', buffered: false });
  new MutationObserver(() => {
    if (document.querySelector('.verdict[data-outcome="passed"]')) window.turnedAt ??= Date.now();
  }).observe(document.getElementById('verdict'), { subtree: true, attributes: true, childList: true });
  0`;
