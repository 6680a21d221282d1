import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';

/** Where a Chromium is, by `CHROMIUM_PATH` or in a usual place; `null` when this computer has none. */
export function findChromium(environment: NodeJS.ProcessEnv): string | null {
  const { CHROMIUM_PATH: given } = environment;
  return (given === undefined ? USUAL : [given]).find((path) => existsSync(path)) ?? null;
}

/** A browser that asks nobody for updates. Whoever launches it closes it. */
export async function launchChromium(executablePath: string): Promise<Browser> {
  const { chromium } = await import('playwright-core');
  return chromium.launch({ executablePath, args: [...QUIET] });
}

const USUAL = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'] as const;
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const;
