import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, test } from 'vitest';
import { startGuide } from '../../docs/start-guide.ts';
import { type Asked, openGuide, type OpenGuide } from './guide-fixture.ts';
import { sampleWorkshop } from './sample-workshop.ts';

const CHECK = '/steps/sql-injection/check';

/** What a page of ours sends; each test changes one thing. */
function ours({ guide }: OpenGuide, changed: Readonly<Record<string, string | null>> = {}): Asked {
  const headers = {
    Origin: guide.url,
    'Sec-Fetch-Site': 'same-origin',
    'Content-Type': 'application/json',
    'X-Guide-Token': guide.token,
    ...changed,
  };
  const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null);
  return { method: 'POST', headers: Object.fromEntries(given), body: '{}' };
}

describe('the name in Host', () => {
  test.each(['localhost', '127.0.0.1', '[::1]', 'LOCALHOST'])(
    '%s with the guide’s port is answered',
    async (name) => {
      const { ask, guide } = await openGuide();
      expect((await ask('/', { headers: { Host: `${name}:${new URL(guide.url).port}` } })).status).toBe(200);
    },
  );

  test.each(['evil.example', 'localhost', 'localhost:1', '127.0.0.1.evil.example', '0.0.0.0'])(
    '"%s" is refused on pages, on assets, on the stream and on actions',
    async (name) => {
      const open = await openGuide();
      const headers = { Host: name };
      for (const path of ['/', '/events', '/steps/sql-injection/verdict', '/assets/x/guide.css']) {
        const { status, body } = await open.ask(path, { headers });
        expect([status, body.includes(open.guide.token)], path).toEqual([403, false]);
      }
      expect((await open.ask(CHECK, ours(open, headers))).status).toBe(403);
      expect(open.workshop.asked).toEqual([]);
    },
  );

  test('may be one that was handed in, as it is spelled there', async () => {
    const { ask } = await openGuide({ allowedHosts: ['Name-4000.container.example', 'other.example:81'] });
    const status = async (name: string) => (await ask('/', { headers: { Host: name } })).status;
    expect(await status('name-4000.container.example')).toBe(200);
    expect(await status('other.example:81')).toBe(200);
    expect(await status('other.example')).toBe(403);
  });

  test('that was handed in can use the buttons, behind https too', async () => {
    const name = 'name-4000.container.example';
    const open = await openGuide({ allowedHosts: [name] });
    expect((await open.ask(CHECK, ours(open, { Host: name, Origin: `https://${name}` }))).status).toBe(204);
    expect((await open.ask(CHECK, ours(open, { Host: name }))).status).toBe(403);
  });
});

describe('what changes something', () => {
  test('is done for a page of ours, in JSON and as a form', async () => {
    const open = await openGuide();
    expect((await open.ask(CHECK, ours(open))).status).toBe(204);
    expect((await open.press(CHECK)).status).toBe(303);
    expect(open.workshop.asked).toHaveLength(2);
  });

  test('is done in a browser too old to send Sec-Fetch-Site', async () => {
    const open = await openGuide();
    expect((await open.ask(CHECK, ours(open, { 'Sec-Fetch-Site': null }))).status).toBe(204);
  });

  test.each<[string, Record<string, string | null>, number]>([
    ['another origin', { Origin: 'http://evil.example' }, 403],
    ['another port of the same name, such as the clinic’s', { Origin: 'http://127.0.0.1:8000' }, 403],
    ['localhost when the page is 127.0.0.1', { Origin: 'http://localhost:4000' }, 403],
    ['no origin', { Origin: null }, 403],
    ['a null origin', { Origin: 'null' }, 403],
    ['a scheme that is no page’s', { Origin: 'file://127.0.0.1' }, 403],
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['another port, as the browser says it', { 'Sec-Fetch-Site': 'same-site' }, 403],
    ['nobody, typed into the address bar', { 'Sec-Fetch-Site': 'none' }, 403],
    ['no token', { 'X-Guide-Token': null }, 403],
    ['a wrong token', { 'X-Guide-Token': 'a'.repeat(32) }, 403],
    ['an empty token', { 'X-Guide-Token': '' }, 403],
    ['plain text, which any site may send', { 'Content-Type': 'text/plain' }, 415],
    ['a multipart form', { 'Content-Type': 'multipart/form-data; boundary=x' }, 415],
    ['no type at all', { 'Content-Type': null }, 415],
  ])('is refused for %s', async (_title, changed, status) => {
    const open = await openGuide();
    for (const path of [CHECK, '/steps/sql-injection/hint', '/steps/sql-injection/open', '/editor']) {
      expect((await open.ask(path, ours(open, changed))).status, path).toBe(status);
    }
    expect(open.workshop.asked).toEqual([]);
  });

  test('is refused for a form without the token, with a wrong one, and with the token only in the address', async () => {
    const open = await openGuide();
    expect((await open.press(CHECK, { token: '' })).status).toBe(403);
    expect((await open.press(CHECK, { token: 'wrong' })).status).toBe(403);
    expect((await open.press(`${CHECK}?token=${open.guide.token}`, { token: '' })).status).toBe(403);
    expect(open.workshop.asked).toEqual([]);
  });

  test('takes nothing but POST', async () => {
    const open = await openGuide();
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const { status, headers } = await open.ask(CHECK, { ...ours(open), method });
      expect([status, headers.allow], method).toEqual([405, 'POST']);
    }
    expect((await open.ask('/', ours(open))).status).toBe(405);
    expect(open.workshop.asked).toEqual([]);
  });

  test('refuses a body that is too large or is no JSON', async () => {
    const open = await openGuide();
    expect((await open.ask(CHECK, { ...ours(open), body: `{"x":"${'x'.repeat(20_000)}"}` })).status).toBe(
      413,
    );
    expect((await open.ask(CHECK, { ...ours(open), body: '{"x":' })).status).toBe(400);
    expect(open.workshop.asked).toEqual([]);
  });

  test('has a token that is new with each start', async () => {
    const [one, two] = [await openGuide(), await openGuide()];
    expect(one.guide.token).not.toBe(two.guide.token);
    expect(one.guide.token).toMatch(/^[\w-]{32}$/);
    expect((await one.ask('/')).body).toContain(one.guide.token);
  });
});

describe('a file to open in the editor', () => {
  test.each([
    ['app/src/views/search.ts', '42'],
    ['app/Dockerfile', '1'],
    ['app/.secrets', '1'],
    ['app/src/a b/ü..x.ts', '1'],
  ])('%s is opened', async (file, line) => {
    const { press, workshop } = await openGuide();
    expect((await press('/editor', { file, line })).status).toBe(303);
    expect(workshop.asked).toEqual([`edit ${file} ${line}`]);
  });

  test.each([
    'app',
    'app/',
    '/app/src/x.ts',
    'apple/x.ts',
    'app/../steps/07/solution.patch',
    'app/src/../../x',
    'app/./x.ts',
    'app//x.ts',
    'app\\src\\x.ts',
    'app/..\\x.ts',
    'app/C:/x',
    'app/x.ts:stream',
    'app/-g',
    'app/--folder-uri=x',
    'app/x\u0000.ts',
    'app/x\n.ts',
    '../app/x.ts',
    '',
    `app/${'x'.repeat(600)}`,
  ])('%j is refused', async (file) => {
    const { press, workshop } = await openGuide();
    expect((await press('/editor', { file })).status).toBe(400);
    expect(workshop.asked).toEqual([]);
  });

  test.each(['0', '-1', '1.5', '1;rm', '10000000'])('line %s is refused', async (line) => {
    const { press, workshop } = await openGuide();
    expect((await press('/editor', { file: 'app/src/x.ts', line })).status).toBe(400);
    expect(workshop.asked).toEqual([]);
  });

  test('goes back to our own pages only', async () => {
    const { press } = await openGuide();
    const { headers } = await press('/editor', { file: 'app/src/x.ts', slug: '//evil.example' });
    expect(headers.location).toBe('/');
  });
});

describe('reading', () => {
  const elsewhere = { 'Sec-Fetch-Site': 'cross-site' };

  test('another site may link to a page, and may not embed or fetch one', async () => {
    const { ask } = await openGuide();
    const link = { ...elsewhere, 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };
    expect((await ask('/', { headers: link })).status).toBe(200);
    expect((await ask('/', { headers: { ...link, 'Sec-Fetch-Dest': 'iframe' } })).status).toBe(403);
    expect(
      (await ask('/', { headers: { ...elsewhere, 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Dest': 'empty' } }))
        .status,
    ).toBe(403);
    expect((await ask('/events', { headers: { 'Sec-Fetch-Site': 'same-site' } })).status).toBe(403);
  });

  test('every answer forbids inline code, frames, sniffing and other origins', async () => {
    const { ask } = await openGuide();
    for (const path of [
      '/',
      '/steps/sql-injection',
      '/steps/sql-injection/verdict',
      '/nothing',
      '/assets/none/x.js',
    ]) {
      const { headers } = await ask(path, { headers: { Origin: 'http://evil.example' } });
      expect(headers['content-security-policy'], path).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
          "frame-src http://127.0.0.1:8000; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      );
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['x-frame-options']).toBe('DENY');
      expect(headers['referrer-policy']).toBe('same-origin');
      expect(headers['x-powered-by']).toBeUndefined();
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  test('no page holds inline script or style, which the policy would refuse', async () => {
    const { ask } = await openGuide();
    for (const path of ['/', '/steps/sql-injection', '/steps/sql-injection/discussion', '/nothing']) {
      const { page } = await ask(path);
      expect(page.querySelectorAll('style, [style], script:not([src])'), path).toEqual([]);
    }
  });

  test.each(['..%2f..%2fpackage.json', '..%2fserver%2flisten.ts', 'guide.css%00', '.', '%2e%2e%2f'])(
    'an asset named %s is not found',
    async (name) => {
      const { ask } = await openGuide();
      const base = (await ask('/')).page.querySelector('link[rel="stylesheet"]')?.getAttribute('href') ?? '';
      const { status, body } = await ask(base.replace('guide.css', name));
      expect(status).toBe(404);
      expect(body).not.toContain('"second-opinion"');
    },
  );
});

describe('the listener', () => {
  test('answers on 127.0.0.1 and on no other address of this machine', async () => {
    const { guide } = await openGuide();
    const port = Number(new URL(guide.url).port);
    expect(await answers('127.0.0.1', port)).toBe(true);
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter((address) => address.family === 'IPv4' && !address.internal);
    for (const { address } of [...others, { address: '127.0.0.2' }]) {
      expect(await answers(address, port), address).toBe(false);
    }
  });

  test('names the port that is taken, and what helps', async () => {
    const { guide } = await openGuide();
    const port = Number(new URL(guide.url).port);
    await expect(startGuide(sampleWorkshop().source, { port })).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: `The guide should answer on port ${port}, and another program does already.`,
      remedy: 'Stop that program, or choose another port: npm start -- --port 4001',
    });
  });

  test('a start that fails leaves nobody following', async () => {
    const { guide } = await openGuide();
    const workshop = sampleWorkshop();
    await startGuide(workshop.source, { port: Number(new URL(guide.url).port) }).catch(() => undefined);
    expect(workshop.followers()).toBe(0);
  });

  test('is gone after close, and closing again does nothing', async () => {
    const workshop = sampleWorkshop();
    const guide = await startGuide(workshop.source, { port: 0 });
    await guide.close();
    await guide.close();
    expect(await answers('127.0.0.1', Number(new URL(guide.url).port))).toBe(false);
    expect(workshop.followers()).toBe(0);
  });
});

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
