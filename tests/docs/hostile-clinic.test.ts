import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { chromiumPath, launchBrowser } from '../browser.ts';
import { visit } from './browser-visit.ts';
import { openGuide, type OpenGuide } from './guide-fixture.ts';
import { sampleSteps } from './sample-steps.ts';

/** What a browser says of attempts that it stopped. */
const STOPPED =
  /sandbox|Content Security Policy|Unsafe attempt|ERR_BLOCKED|status of 403|X-Frame-Options|Blocked/i;

describe.skipIf(chromiumPath() === null)('a clinic in the pane', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  test('is not asked for anything before the pane is opened', async () => {
    const { page, asked } = await openPane(browser, () => '<p>here</p>', 'closed');
    await page.getByText('Verdicts appear here as they come.').waitFor();
    expect(asked).toEqual([]);
    await page.getByText('Or here, on this page').click();
    await page.frameLocator('iframe').getByText('here').waitFor();
    expect(asked).toEqual(['GET /start']);
  });

  test('keeps its login, and can be loaded again', async () => {
    const { page, asked } = await openPane(browser, login);
    const frame = page.frameLocator('iframe');
    await frame.getByRole('button', { name: 'Log in' }).click();
    await frame.getByText('You are in').waitFor();
    await page.getByRole('link', { name: 'load it again' }).click();
    await expect.poll(() => asked.filter((line) => line === 'GET /start').length).toBe(2);
    await frame.getByText('You are in').waitFor();
  });

  test.each([
    [
      'a script',
      `<script>document.title = 'hurt'; parent.postMessage('hurt', '*'); top.location = '/hurt'</script><p>done</p>`,
      'done',
    ],
    ['a link for the whole tab', '<a href="/hurt" target="_top">press</a>', 'press'],
    ['a link for a new window', '<a href="/hurt" target="_blank">press</a>', 'press'],
    [
      'a form for the guide',
      '<form method="post" action="GUIDE/steps/sql-injection/check"><button>press</button></form>',
      'press',
    ],
    [
      'a form for the guide with a guessed token',
      '<form method="post" action="GUIDE/steps/sql-injection/check"><input name="token" value="x"><button>press</button></form>',
      'press',
    ],
    [
      'a form for the guide in the whole tab',
      '<form method="post" target="_top" action="GUIDE/steps/sql-injection/check"><button>press</button></form>',
      'press',
    ],
    ['the guide in its own frame', '<iframe src="GUIDE/" title="x"></iframe><p>press</p>', 'press'],
    ['a way to the guide', '<a href="GUIDE/">press</a>', 'press'],
  ])('cannot act on the guide with %s', async (_way, markup, press) => {
    const { page, open, asked } = await openPane(browser, (_request, guide) =>
      markup.replaceAll('GUIDE', guide),
    );
    await page.frameLocator('iframe').getByText(press).click();
    // What was stopped says nothing, so the guide is asked for something that takes its turn after it.
    await page.getByRole('button', { name: 'Show hint 1 of 4' }).click();
    await page.getByText('Look at the shape').waitFor();
    expect(open.workshop.asked).toEqual(['hint sql-injection']);
    expect(asked.filter((line) => line.includes('/hurt'))).toEqual([]);
    expect(new URL(page.url()).pathname).toBe('/steps/sql-injection');
    expect(await page.title()).toContain('SQL injection');
    expect(page.context().pages()).toHaveLength(1);
    for (const frame of page.frames().slice(1)) {
      expect(await frame.locator('meta[name="guide-token"]').count()).toBe(0);
    }
  });

  test('would be seen to act if nothing stopped it', async () => {
    const { page, asked } = await openPane(
      browser,
      () => '<a href="/hurt" target="_top">press</a>',
      'closed',
    );
    await page.evaluate(`document.querySelector('iframe').removeAttribute('sandbox')`);
    await page.getByText('Or here, on this page').click();
    await page.frameLocator('iframe').getByText('press').click();
    await expect.poll(() => asked).toContain('GET /hurt');
  });
});

type Answer = (request: IncomingMessage, guide: string, response: ServerResponse) => string;

/** A step's page whose clinic answers with these pages. */
async function openPane(
  browser: Browser,
  answer: Answer,
  pane: 'open' | 'closed' = 'open',
): Promise<{ page: Page; open: OpenGuide; asked: string[] }> {
  const asked: string[] = [];
  let guide = '';
  const clinic = createServer((request, response) => {
    if (request.url === '/favicon.ico') return void response.writeHead(204).end();
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    const body = answer(request, guide, response);
    if (!response.headersSent) response.setHeader('Content-Type', 'text/html');
    response.end(`<!doctype html><title>clinic</title>${body}`);
  });
  await new Promise<void>((resolve) => clinic.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    clinic.closeAllConnections();
    clinic.close();
  });
  const { port } = clinic.address() as AddressInfo;
  const open = await openGuide({
    clinicUrl: `http://localhost:${port}`,
    steps: sampleSteps().map((step) => ({ ...step, clinicPath: '/start' })),
  });
  guide = open.guide.url;
  const { page } = await visit(browser, `${guide}/steps/sql-injection`, {}, STOPPED);
  if (pane === 'open') await page.getByText('Or here, on this page').click();
  return { page, open, asked };
}

/** A form that sets a cookie as the clinic sets its own. */
function login(request: IncomingMessage, _guide: string, response: ServerResponse): string {
  if (request.method === 'POST') {
    response.writeHead(303, { 'Set-Cookie': 'session=1; HttpOnly; SameSite=Lax; Path=/', Location: '/page' });
    return '';
  }
  if (request.headers.cookie === 'session=1') return '<p>You are in</p>';
  return '<form method="post" action="/login"><button>Log in</button></form>';
}
