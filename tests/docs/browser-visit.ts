import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';

/**
 * A page that fails its test by any error of its own but those expected, a breach of the policy or a request to another host
 * included.
 */
export async function visit(
  browser: Browser,
  url: string,
  options: Parameters<Browser['newContext']>[0] = {},
  expected = EXPECTED,
): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const errors: string[] = [];
  onTestFinished(async () => {
    await context.close();
    expect(errors).toEqual([]);
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.test(message.text())) errors.push(message.text());
  });
  const { hostname } = new URL(url);
  page.on('request', (request) => {
    if (new URL(request.url()).hostname !== hostname) errors.push(`asked ${request.url()}`);
  });
  await page.goto(url);
  return { page, context };
}

/** What a browser reports when a test stops the server, asks for what is not there, or makes an action fail. */
const EXPECTED = /ERR_(CONNECTION_\w+|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING)|status of (404|500)/;
