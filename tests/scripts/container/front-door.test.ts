import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { forwardedAddress } from '../../../scripts/container/forwarded.ts';
import { openFrontDoor } from '../../../scripts/container/front-door.ts';
import { freePort } from '../../../clinic/free-port.ts';
import { startCli } from '../started.ts';
import { SAMPLE_FILES } from '../sample-steps.ts';
import { copyWorkshop } from '../workshop-copy.ts';

describe('the forwarded address of a port', () => {
  test('in a codespace', () => {
    const environment = {
      CODESPACE_NAME: 'fluffy-robot-42',
      GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN: 'app.github.dev',
    };
    expect(forwardedAddress(environment)?.(4000)).toBe('https://fluffy-robot-42-4000.app.github.dev');
  });

  test('of another service, by its pattern', () => {
    const environment = { SECOND_OPINION_FORWARDED: 'https://{port}-clinic.example/' };
    expect(forwardedAddress(environment)?.(8000)).toBe('https://8000-clinic.example');
  });

  test('is none on a computer of one’s own', () => {
    expect(forwardedAddress({})).toBeNull();
    expect(forwardedAddress({ CODESPACE_NAME: '' })).toBeNull();
  });

  test.each(['https://clinic.example', 'ftp://{port}.example', 'https://{port}.example/path', '{port}'])(
    'can’t be read from %s',
    (template) => {
      expect(() => forwardedAddress({ SECOND_OPINION_FORWARDED: template })).toThrow('with {port} in it');
    },
  );
});

describe('the door', () => {
  const PUBLIC = 'https://fluffy-robot-42-8000.app.github.dev';
  let inside: Server | null = null;
  afterEach(() => void inside?.closeAllConnections());

  async function opened() {
    const heard: IncomingHttpHeaders[] = [];
    const server = createServer((incoming, response) => {
      heard.push(incoming.headers);
      incoming.pipe(response.writeHead(201, { 'X-Seen': incoming.url ?? '' }));
    });
    inside = server;
    const [to, port] = [await freePort(), await freePort()];
    await new Promise<void>((resolve) => server.listen(to, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const door = await openFrontDoor({ port, to: () => to, publicUrl: PUBLIC });
    onTestFinished(() => door.close());
    return { to, port, heard };
  }

  test('says the public name in the words of localhost, and hands the rest on', async () => {
    const { port, to, heard } = await opened();
    for (const host of [`localhost:${port}`, 'fluffy-robot-42-8000.app.github.dev']) {
      const headers = { host, origin: PUBLIC, referer: `${PUBLIC}/login`, cookie: 'a=b' };
      const answer = await ask(port, { method: 'POST', path: '/login?x=1', headers, body: 'name=value' });
      expect(answer).toMatchObject({ status: 201, body: 'name=value', headers: { 'x-seen': '/login?x=1' } });
      expect(heard.at(-1)).toMatchObject({
        host: `localhost:${to}`,
        origin: `http://localhost:${to}`,
        referer: `http://localhost:${to}/login`,
        cookie: 'a=b',
      });
    }
  });

  test('leaves the origin of a stranger as it is, so that it is refused behind', async () => {
    const { port, heard } = await opened();
    await ask(port, {
      method: 'POST',
      path: '/',
      headers: { host: `localhost:${port}`, origin: 'https://evil.example' },
    });
    expect(heard.at(-1)?.origin).toBe('https://evil.example');
  });

  test('refuses a name that somebody pointed at it', async () => {
    const { port, heard } = await opened();
    expect((await ask(port, { path: '/', headers: { host: 'evil.example' } })).status).toBe(421);
    expect(heard).toEqual([]);
  });

  test('says that nothing runs behind it', async () => {
    const port = await freePort();
    const nobody = await freePort();
    const door = await openFrontDoor({ port, to: () => nobody, publicUrl: PUBLIC });
    onTestFinished(() => door.close());
    expect(await ask(port, { path: '/', headers: { host: `localhost:${port}` } })).toMatchObject({
      status: 502,
      body: expect.stringContaining('not running yet'),
    });
  });

  test('is not opened where another program listens', async () => {
    const { to } = await opened();
    await expect(openFrontDoor({ port: to, to: () => 1, publicUrl: PUBLIC })).rejects.toMatchObject({
      code: 'PORT_TAKEN',
    });
  });
});

test('in a codespace the guide takes what its own pages send, and shows the public clinic', async () => {
  const workshop = await copyWorkshop(SAMPLE_FILES, 'shipped');
  const port = await freePort();
  const daemon = startCli(workshop.root, ['start', '--port', String(port), '--app-port', '0'], {
    CODESPACE_NAME: 'fluffy-robot-42',
    DATABASE_URL: 'postgres://nobody:nothing@127.0.0.1:9/postgres',
  });
  try {
    const [, guide = ''] = await daemon.said(/Guide +(https:\/\/[^/]+)/);
    expect(guide).toBe(`https://fluffy-robot-42-${port}.app.github.dev`);
    const host = `localhost:${port}`;
    const page = await ask(port, { path: '/steps/spelling', headers: { host } });
    expect(page.status).toBe(200);
    expect(page.body).toMatch(/href="https:\/\/fluffy-robot-42-\d+\.app\.github\.dev"/);
    const token = /name="token" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
    const post = (origin: string) =>
      ask(port, {
        method: 'POST',
        path: '/steps/spelling/open',
        headers: {
          host,
          origin,
          'sec-fetch-site': 'same-origin',
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: `token=${encodeURIComponent(token)}`,
      });
    expect((await post(guide)).status).toBe(303);
    expect((await post('https://evil.example')).status).toBe(403);
  } finally {
    daemon.kill('SIGTERM');
    await daemon.ended;
    await workshop.remove();
  }
});

interface Question {
  readonly method?: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** By `http`: `fetch` sets `Host` itself. */
function ask(port: number, { method = 'GET', path, headers, body }: Question) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; body: string }>((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => void (text += chunk.toString('utf8')));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }),
      );
    });
    asking.once('error', reject);
    asking.end(body);
  });
}
