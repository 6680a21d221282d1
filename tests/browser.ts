import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';

/** Where a Chromium is, or `null` when this machine has none: tests that need one then say that they were skipped. */
export function chromiumPath(): string | null {
  const given = process.env['CHROMIUM_PATH'];
  const known = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const found = (given === undefined ? known : [given]).find((path) => existsSync(path));
  if (found === undefined) console.warn(NO_BROWSER);
  return found ?? null;
}

/** A browser that asks nobody for updates. Whoever launches it closes it. Throws when `chromiumPath` finds none. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error(NO_BROWSER);
  const { chromium } = await import('playwright-core');
  return chromium.launch({ executablePath, args: [...QUIET] });
}

const NO_BROWSER =
  'SKIPPED: no Chromium found, so nothing was tried in a browser. Install one or set CHROMIUM_PATH to it.';

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const;
