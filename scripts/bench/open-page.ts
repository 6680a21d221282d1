import { appendFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { findChromium, launchChromium } from './chromium.ts';
import type { Session } from './session.ts';

/**
 * From the moment that the journal gives a verdict to the frame in which an open page shows it, in a real browser. Each is
 * the verdict of a save of `file`. Milliseconds; `null` where there is no browser.
 */
export async function measureOpenPage(
  session: Session,
  { file, path, runs }: { readonly file: string; readonly path: string; readonly runs: number },
  environment: NodeJS.ProcessEnv,
): Promise<readonly number[] | null> {
  const chromium = findChromium(environment);
  if (chromium === null) return null;
  const browser = await launchChromium(chromium);
  try {
    const page = await browser.newPage();
    await page.goto(session.guideUrl + path);
    await page.locator('.stream[data-live-state="live"]').waitFor({ state: 'attached' });
    const times: number[] = [];
    for (let run = 1; run <= runs; run += 1) {
      const shown = nextVerdict(page);
      await appendFile(file, `\n// seen in a browser ${run}\n`);
      times.push(await shown);
    }
    return times;
  } finally {
    await browser.close();
  }
}

/** Both clocks are this computer's. The frame after a change is the one in which it is seen. */
function nextVerdict(page: Page): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve) => {
    const at = () => document.querySelector('[data-verdict-at]')?.getAttribute('data-verdict-at');
    const before = at();
    new MutationObserver((_, observer) => {
      const now = at();
      if (now === before) return;
      observer.disconnect();
      requestAnimationFrame(() => resolve(Date.now() - Date.parse(now)));
    }).observe(document.getElementById('verdict'), { subtree: true, attributes: true, childList: true });
  })`);
}
