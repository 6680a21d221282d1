import { mkdir, mkdtemp, readlink, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort } from '../../clinic/free-port.ts';
import { createClinicProcess } from '../../clinic/process.ts';
import { createScratch } from '../../clinic/scratch.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
let home = '';
let app = '';

beforeEach(async () => {
  // Inside the workshop, where the scratch copies of real clinics lie.
  await mkdir(join(ROOT, '.workshop'), { recursive: true });
  home = await mkdtemp(join(ROOT, '.workshop', 'test-packages-'));
  app = join(home, 'learner', 'app');
});
afterEach(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));

test('what npm installs inside app/ does not change the packages that the clinic runs on', async () => {
  await write({
    'package.json': '{ "type": "module", "dependencies": { "express": "4.16.0", "pg": "*" } }',
    'node_modules/express/package.json': '{ "name": "express", "version": "4.16.0", "main": "index.js" }',
    'node_modules/express/index.js': 'process.exit(9);',
    'node_modules/pg/package.json': '{ "name": "pg", "version": "0.0.1", "main": "index.js" }',
    'node_modules/pg/index.js': 'process.exit(9);',
    'node_modules/.bin/tsx': '#!/bin/sh\nexit 9\n',
    'src/server.ts': SERVER,
  });
  const scratch = await createScratch(app, join(home, 'scratch'), ROOT);
  const clinic = createClinicProcess();
  try {
    const { port } = await clinic.start({
      directory: scratch.directory,
      databaseUrl: 'postgres://nobody@127.0.0.1:9/none',
      port: await freePort(),
    });
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`);
    expect(await answer.json()).toEqual({ pool: 'function', express: 5 });
  } finally {
    await clinic.kill();
    await scratch.remove();
  }
});

test('what only the learner installed is there all the same', async () => {
  await write({
    'node_modules/express/index.js': '',
    'node_modules/only-mine/index.js': '',
    'node_modules/@mine/too/index.js': '',
    'src/server.ts': '',
  });
  const scratch = await createScratch(app, join(home, 'scratch'), ROOT);
  const linked = join(dirname(scratch.directory), 'node_modules');
  expect(await readlink(join(linked, 'only-mine'))).toBe(join(app, 'node_modules', 'only-mine'));
  expect(await readlink(join(linked, '@mine/too'))).toBe(join(app, 'node_modules', '@mine/too'));
  await expect(readlink(join(linked, 'express'))).rejects.toThrow('ENOENT');
  await scratch.remove();
});

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(app, path)), { recursive: true });
    await writeFile(join(app, path), text);
  }
}

/** Answers what it runs on: Express 5 has no `del`, and the fake ones end the process. */
const SERVER = `
import express from 'express';
import pg from 'pg';
const app = express();
app.get('/healthz', (request, response) => {
  response.json({ pool: typeof pg.Pool, express: 'del' in app ? 4 : 5 });
});
app.listen(Number(process.env.PORT), process.env.HOST);
`;
