import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, launchBrowser } from '../browser.ts';
import { axe } from './axe.ts';
import { visit } from './browser-visit.ts';
import { openGuide } from './guide-fixture.ts';
import { recordedSteps } from './xray-fixture.ts';
import { LIMITS, part } from './xray-samples.ts';

describe.skipIf(chromiumPath() === null)('an X-ray in a browser', async () => {
  const recordings = await recordedSteps();
  const steps = recordings.map(({ step }) => step);
  const xrays = Object.fromEntries(recordings.map(({ step, evidence }) => [step.slug, evidence]));
  let browser: Browser;
  beforeAll(async () => void (browser = await launchBrowser()));
  afterAll(() => browser.close());

  test.each(steps.map(({ slug }) => slug))(
    '%s is accessible in light, in dark and at 320 px, and has no text below 12 px',
    async (slug) => {
      const open = await openGuide({ steps, xrays });
      const { page } = await visit(browser, `${open.guide.url}/steps/${slug}`);
      await page.locator('.xray-frame svg').first().waitFor();
      expect(await axe(page), 'light').toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await axe(page), 'dark').toEqual([]);
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await axe(page), '320 px').toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
      expect(await page.evaluate(SMALLEST_TEXT)).toBeGreaterThanOrEqual(12);
      expect(await page.evaluate(OUTSIDE)).toEqual([]);
    },
  );

  test('the other picture comes with the arrow keys, and without JavaScript too', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const open = await openGuide({ steps, xrays });
      passes(open, '1');
      const { page } = await visit(browser, `${open.guide.url}/steps/deep-nesting`, { javaScriptEnabled });
      const panel = (side: string) => page.locator(`.xray-panel[data-side="${side}"]`);
      expect(await panel('now').isVisible()).toBe(true);
      expect(await panel('shipped').isVisible()).toBe(false);
      await page.locator('#xray-deep-nesting-now-choice').focus();
      await page.keyboard.press('ArrowLeft');
      await panel('shipped').waitFor();
      expect(await panel('now').isVisible()).toBe(false);
    }
  });

  test('a run changes the picture and moves nothing, and keeps the picture that was chosen', async () => {
    const open = await openGuide({ steps, xrays });
    open.workshop.record({ slug: 'deep-nesting', type: 'step.opened' });
    const { page } = await visit(browser, `${open.guide.url}/steps/deep-nesting`);
    await page.getByText('Save a file and the verdict appears here.').waitFor();
    const guide = () =>
      page.evaluate(`document.querySelector('.guide').offsetTop - document.querySelector('.xray').offsetTop`);
    const before = await guide();
    passes(open, '1');
    await page.locator('.xray-panel[data-side="now"] svg').waitFor();
    expect(await guide()).toBe(before);
    await page.locator('label[for="xray-deep-nesting-shipped-choice"]').click();
    passes(open, '2');
    await page.locator('.xray-time time[datetime$="05.000Z"]').waitFor();
    expect(await page.locator('.xray-panel[data-side="shipped"]').isVisible()).toBe(true);
    expect(await guide()).toBe(before);
  });
});

function passes({ workshop }: Awaited<ReturnType<typeof openGuide>>, run: string): void {
  const flat = { kind: 'outline' as const, functions: [part('flat', [0, 1])], limits: LIMITS };
  const check = { id: 'nesting', outcome: 'passed', findings: [], evidence: [flat], durationMs: 1 } as const;
  const checks = [{ ...check, findings: [], evidence: [flat] }];
  workshop.record({ slug: 'deep-nesting', type: 'run.started', run });
  const verdict = { outcome: 'passed' as const, notes: [] };
  workshop.record({ slug: 'deep-nesting', type: 'run.finished', run, verdict, checks, durationMs: 9 });
}

/** Pixels on the screen of the smallest letters, with whatever the picture was scaled by. */
const SMALLEST_TEXT = `Math.min(...[...document.querySelectorAll('.xray-svg text')].map((text) =>
  parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a))`;

/** Texts that reach out of their picture by more than a pixel or two. */
const OUTSIDE = `[...document.querySelectorAll('.xray-svg')].flatMap((svg) => {
  const whole = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter((text) => {
    const box = text.getBoundingClientRect();
    return box.width > 0 && (box.right > whole.right + 3 || box.left < whole.left - 3 || box.bottom > whole.bottom + 3 || box.top < whole.top - 3);
  }).map((text) => text.textContent);
})`;
