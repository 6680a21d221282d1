import type { Browser } from 'playwright-core';
import { findChromium, launchChromium } from '../scripts/bench/chromium.ts';

/** Where a Chromium is, or `null` when this machine has none: tests that need one then say that they were skipped. */
export function chromiumPath(): string | null {
  const found = findChromium(process.env);
  if (found === null) console.warn(NO_BROWSER);
  return found;
}

/** A browser that asks nobody for updates. Whoever launches it closes it. Throws when `chromiumPath` finds none. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error(NO_BROWSER);
  return launchChromium(executablePath);
}

const NO_BROWSER =
  'SKIPPED: no Chromium found, so nothing was tried in a browser. Install one or set CHROMIUM_PATH to it.';
