import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ClinicFailure } from '../../clinic/failure.ts';
import { freePort } from '../../clinic/free-port.ts';
import { createClinicProcess } from '../../clinic/process.ts';
import type { Finding } from '../../model/finding.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
let home = '';

beforeAll(async () => {
  // Inside the workshop, so that the clinics find express and pg as real ones do.
  await mkdir(join(ROOT, '.workshop'), { recursive: true });
  home = await mkdtemp(join(ROOT, '.workshop', 'test-process-'));
});
afterAll(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));

/** Writes a clinic of these files, starts it and answers how it ended: its port or its finding. */
async function outcomeOf(
  files: Record<string, string>,
  options: { untilDeath?: boolean } = {},
): Promise<Finding | number> {
  const directory = await mkdtemp(join(home, 'app-'));
  await mkdir(join(directory, 'src'));
  await writeFile(join(directory, 'package.json'), '{ "type": "module" }');
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, 'src', name), text);
  const clinic = createClinicProcess();
  try {
    const { port } = await clinic.start({
      directory,
      databaseUrl: 'postgres://nobody@127.0.0.1:1/none',
      port: await freePort(),
    });
    if (options.untilDeath === true) await clinic.died;
    return port;
  } catch (error) {
    if (error instanceof ClinicFailure) return error.finding;
    throw error;
  } finally {
    await clinic.kill();
  }
}

const LISTEN = `import express from 'express';\nconst app = express();\napp.listen(Number(process.env['PORT']), '0.0.0.0');\n`;

describe('a clinic process', () => {
  test('runs a clinic on the port it was given', async () => {
    expect(await outcomeOf({ 'server.ts': LISTEN })).toBeTypeOf('number');
  });

  test.each([
    [
      'a syntax error',
      { 'server.ts': `import './views.ts';`, 'views.ts': `export const a = 1;\nconst b = ;\n` },
      'clinic/syntax-error',
      'app/src/views.ts',
      2,
    ],
    [
      'an exception at start',
      { 'server.ts': `function fail() {\n  throw new Error('boom');\n}\nfail();\n` },
      'clinic/start-failed',
      'app/src/server.ts',
      2,
    ],
    ['process.exit', { 'server.ts': `\n\nprocess.exit(0);\n` }, 'clinic/exited', 'app/src/server.ts', 3],
    [
      'a missing export',
      {
        'server.ts': `\nimport { nothing } from './views.ts';\nnothing();\n`,
        'views.ts': `export const a = 1;`,
      },
      'clinic/missing-export',
      'app/src/server.ts',
      2,
    ],
    [
      'a missing file',
      { 'server.ts': `\n\n\nimport './gone.ts';\n` },
      'clinic/missing-file',
      'app/src/server.ts',
      4,
    ],
    [
      'a missing package',
      { 'server.ts': `import 'no-such-package-here';\n` },
      'clinic/missing-file',
      'app/src/server.ts',
      1,
    ],
    [
      'a stack overflow',
      { 'server.ts': `function deep(): number { return deep() + 1; }\ndeep();\n` },
      'clinic/start-failed',
      'app/src/server.ts',
      1,
    ],
    [
      'an endless loop while starting',
      { 'server.ts': `function spin() {\n  for (;;);\n}\nspin();\n` },
      'clinic/endless-loop',
      'app/src/server.ts',
      2,
    ],
    [
      'memory without end',
      { 'server.ts': `const all: number[][] = [];\nfor (;;) all.push(new Array(9999).fill(0.5));\n` },
      'clinic/out-of-memory',
      'app/src/server.ts',
      2,
    ],
  ])('names file and line of %s', async (_, files, ruleId, file, line) => {
    const finding = await outcomeOf(files);
    expect(finding).toMatchObject({ ruleId, level: 'error', location: { file, line } });
  });

  test('says that a clinic that never listens has ended', async () => {
    expect(await outcomeOf({ 'server.ts': `console.log('good bye');\n` })).toMatchObject({
      ruleId: 'clinic/ended',
      observed: 'good bye',
    });
  });

  test('says so when a promise is rejected after the start', async () => {
    const text = `${LISTEN}setTimeout(async () => {\n  throw new Error('late');\n}, 10);\n`;
    expect(await outcomeOf({ 'server.ts': text }, { untilDeath: true })).toMatchObject({
      ruleId: 'clinic/crashed',
      location: { file: 'app/src/server.ts', line: 5 },
    });
  });

  test('gives the learner their own paths and none of ours', async () => {
    const finding = await outcomeOf({ 'server.ts': `throw new Error('at ' + import.meta.url);\n` });
    expect(JSON.stringify(finding)).not.toContain(ROOT);
  });

  test('is killed with everything it started', async () => {
    const pidFile = join(home, 'grandchild.pid');
    const text = `import { spawn } from 'node:child_process';\nimport { writeFileSync } from 'node:fs';\nconst c = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });\nwriteFileSync(${JSON.stringify(pidFile)}, String(c.pid));\n${LISTEN}`;
    expect(await outcomeOf({ 'server.ts': text })).toBeTypeOf('number');
    const pid = Number((await import('node:fs')).readFileSync(pidFile, 'utf8'));
    await expect.poll(() => alive(pid)).toBe(false);
  });

  test('listens on loopback alone, whatever its code asks for', async () => {
    const directory = await mkdtemp(join(home, 'app-'));
    await mkdir(join(directory, 'src'));
    await writeFile(join(directory, 'package.json'), '{ "type": "module" }');
    const spread = `import { createServer } from 'node:http';\nconst s = createServer((q, r) => r.end(JSON.stringify(s.address())));\ns.listen({ port: Number(process.env['PORT']), host: '0.0.0.0' });\n`;
    await writeFile(join(directory, 'src', 'server.ts'), spread);
    const clinic = createClinicProcess();
    const { port } = await clinic.start({
      directory,
      databaseUrl: 'postgres://nobody@127.0.0.1:1/none',
      port: await freePort(),
    });
    const answer = await fetch(`http://127.0.0.1:${port}/`);
    expect(await answer.json()).toMatchObject({ address: '127.0.0.1' });
    await clinic.kill();
  });
});

/** A zombie that waits for its parent's glance is gone as far as anyone else is concerned. */
async function alive(pid: number): Promise<boolean> {
  const { readFile } = await import('node:fs/promises');
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (stat !== null) return !/^\d+ \(.*\) [ZX]/.test(stat);
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
