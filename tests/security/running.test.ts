import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'node-html-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findVictims } from '../faults/victims.ts';
import { clinicWith } from '../faults/fault-bench.ts';
import { processesAbout } from '../faults/left-behind.ts';
import { LOOPBACK, listenersOf } from './listeners.ts';
import { ask, type RunningWorkshop, runWorkshop } from './running-workshop.ts';

let running: RunningWorkshop;
beforeAll(async () => void (running = await runWorkshop({})), 120_000);
afterAll(() => running.close());

describe.runIf(process.platform === 'linux')('a running workshop', () => {
  test('listens on loopback alone: guide, clinic and wire taps; PostgreSQL on no port at all', async () => {
    const { root } = running.workshop;
    await running.watch.decided(0);
    const server = [...(await findVictims(root, 'postgres')), ...(await findVictims(root, 'session'))];
    expect(server.length).toBeGreaterThan(1);
    expect(await listenersOf(server)).toEqual([]);
    // Guide, clinic, and two taps: of the clinic on screen and, a moment after the verdict, of the judge's next run.
    const ours = async () => listenersOf((await processesAbout(root)).map(({ pid }) => pid));
    await expect.poll(async () => (await ours()).length).toBeGreaterThan(3);
    const listeners = await ours();
    expect(new Set(listeners.map(({ address }) => address))).toEqual(new Set([LOOPBACK]));
    const ports = listeners.map(({ port }) => port);
    for (const url of [running.guide, running.clinic]) expect(ports).toContain(Number(new URL(url).port));
  });

  test('keeps the socket of PostgreSQL in a folder that nobody else may enter', async () => {
    const names = await readdir(running.workshop.root, { recursive: true });
    const socket = names.find((name) => /\.s\.PGSQL\.\d+$/.test(name));
    const folder = await stat(dirname(join(running.workshop.root, socket ?? 'none')));
    expect(folder.mode & 0o077).toBe(0);
  });

  test('keeps its own folder to its owner', async () => {
    expect((await stat(join(running.workshop.root, '.workshop'))).mode & 0o077).toBe(0);
  });

  test('answers no page that a stranger has pointed at this computer (DNS rebinding)', async () => {
    for (const name of [
      'rebound.example',
      `rebound.example:${new URL(running.guide).port}`,
      '10.0.0.1',
      'localhost.',
    ]) {
      const { status, body } = await running.ask('/', { headers: { Host: name } });
      expect([status, body.includes('token')], name).toEqual([403, false]);
    }
  });
});

describe('what the clinic says can put no HTML into a page:', () => {
  test.each([
    ['an answer', `app.get('/', (_, answer) => void answer.status(500).send(EVIL));`],
    ['an error in the log', `console.error(EVIL);\nthrow new Error(EVIL);`],
    ['a word that it ends with', `console.log(EVIL);\nprocess.exit(3);`],
    ['an error of the database', `await pool.query('SELECT "' + EVIL.replaceAll('"', '') + '"');`],
  ])('%s', async (_, more) => {
    await judged({
      'app/src/server.ts': clinicWith('')
        .replace('const pool', `const EVIL = ${JSON.stringify(EVIL)};\nconst pool`)
        .replace("app.get('/'", `${more}\napp.get('/'`),
    });
    await expectNoEvil();
  });

  test('the name of a file', async () => {
    const files = {
      'app/src/<img src=x onerror=evil()>.ts': 'const b = ;\n',
      'app/src/server.ts': `import './<img src=x onerror=evil()>.ts';\n`,
    };
    await judged(files, 'onerror=evil()>.ts');
    await expectNoEvil();
  });
});

test('no request can split the headers of its answer', async () => {
  const split = '%0d%0aSet-Cookie:%20evil=1%0d%0a%0d%0a<script>evil()</script>';
  for (const path of [
    `/${split}`,
    `/steps/1-${split}`,
    `/steps/visit${split}`,
    `/search?q=${split}`,
    `/step-list?page=${split}`,
  ]) {
    const { headers, body } = await running.ask(path);
    expect(headers['set-cookie'], path).toBeUndefined();
    expect(body, path).not.toContain('<script>evil');
  }
});

/** What was found says these words: a run may have met the first of several files. */
async function judged(files: Readonly<Record<string, string>>, words = ''): Promise<void> {
  const from = await running.watch.journaled();
  for (const [path, text] of Object.entries(files)) await running.save(path, text);
  await running.watch.decided(
    from,
    (verdict) => verdict.outcome === 'failed' && JSON.stringify(verdict).includes(words),
  );
}

async function expectNoEvil(): Promise<void> {
  const paths = [
    '/',
    '/overview',
    '/steps/visit',
    '/steps/visit/verdict',
    '/steps/visit/xray',
    '/steps/visit/discussion',
    '/report',
    '/steps/visit/solution',
    '/steps/visit/reset',
  ];
  let seen = 0;
  for (const path of paths) {
    const { body } = await ask(running.guide, path);
    if (body.includes('evil')) seen += 1;
    const page = parse(body, { comment: true });
    expect(
      page.querySelectorAll('x-evil, script:not([src]), [onerror], [onclick], img[src="x"]').map(String),
      path,
    ).toEqual([]);
  }
  // It is shown all the same, as the text that it is.
  expect(seen).toBeGreaterThan(0);
}

const EVIL = `</pre></code></textarea><script>evil()</script><img src=x onerror="evil()"><x-evil>"'><a href="javascript:evil()" onclick=evil()>`;
