import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { SAMPLE_FILES, SHIPPED_GREETING, SOLVED_GREETING } from '../scripts/sample-steps.ts';
import { startCli } from '../scripts/started.ts';
import { copyWorkshop, type WorkshopCopy } from '../scripts/workshop-copy.ts';
import { fault } from './fault.ts';
import { clinicWith, VISIT_STEP } from './fault-bench.ts';
import { serversLeft } from '../database/private-home.ts';

let workshop: WorkshopCopy;
beforeAll(async () => {
  const visit = Object.entries(VISIT_STEP).map(([path, text]) => [
    path.replace('01-visit', '09-visit'),
    text,
  ]);
  workshop = await copyWorkshop({
    ...SAMPLE_FILES,
    ...Object.fromEntries(visit),
    'app/package.json': '{ "type": "module" }',
    'app/visit.txt': '/',
    'app/src/server.ts': clinicWith(''),
  });
});
afterAll(() => workshop.remove());

/** The command with this environment and nothing else. */
function cli(environment: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const program = ['--import', 'tsx', join(workshop.root, 'scripts', 'cli.ts'), ...args];
  return new Promise<{ code: number; text: string }>((resolve) => {
    const options = { cwd: workshop.root, env: { ...environment, TMPDIR: join(workshop.root, 'tmp') } };
    execFile(process.execPath, program, options, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), text: out + err }),
    );
  });
}

const textOf = (path: string) => readFile(join(workshop.root, path), 'utf8');
const greeting = 'app/src/greeting.ts';

fault('no git', async () => {
  const empty = { PATH: join(workshop.root, 'tmp', 'nothing'), HOME: workshop.root };
  expect((await cli(empty, 'check', 'spelling')).code).toBe(1);
  await workshop.write(greeting, SOLVED_GREETING);
  expect(await cli(empty, 'reset', 'spelling', '--yes')).toMatchObject({ code: 0 });
  expect(await textOf(greeting)).toBe(SHIPPED_GREETING);
  expect((await cli(empty, 'undo')).code).toBe(0);
  expect(await textOf(greeting)).toBe(SOLVED_GREETING);
  await workshop.write(greeting, SHIPPED_GREETING);
});

fault('a git that knows nothing of what is asked', async () => {
  const bin = join(workshop.root, 'tmp', 'bin');
  await mkdir(bin);
  await workshop.write('tmp/bin/git', '#!/bin/sh\necho "error: unknown option" >&2\nexit 129\n');
  await chmod(join(bin, 'git'), 0o755);
  await rm(join(workshop.root, '.workshop', 'baseline'), { recursive: true });
  await workshop.write(greeting, SOLVED_GREETING);
  const reset = await cli(
    { PATH: `${bin}:/usr/bin:/bin`, HOME: workshop.root },
    'reset',
    'spelling',
    '--yes',
  );
  expect(reset.code).toBe(2);
  expect(reset.text).toMatch(
    /wanted as they were shipped[\s\S]*app\/src\/greeting\.ts[\s\S]*Get the workshop anew/,
  );
  await workshop.write(greeting, SHIPPED_GREETING);
  expect((await cli({ PATH: bin, HOME: workshop.root }, 'check', 'spelling')).code).toBe(1);
});

fault('no HOME', async () => {
  const checked = await cli({ PATH: '/usr/bin:/bin' }, 'check', 'visit');
  expect([checked.code, checked.text]).toEqual([0, expect.stringContaining('Passed')]);
  expect(await serversLeft(workshop.root)).toEqual([]);
});

fault('two workshops at once, in two folders', async () => {
  const other = await copyWorkshop(SAMPLE_FILES);
  const nowhere = { DATABASE_URL: 'postgres://nobody:nothing@127.0.0.1:9/postgres' };
  const args = ['start', '--no-open', '--port', '0', '--app-port', '0'];
  const both = [workshop, other].map(({ root }) => startCli(root, args, nowhere));
  await Promise.all(both.map((daemon) => daemon.said(/✗ Failed/)));
  both.forEach((daemon) => daemon.forget());
  await other.write(greeting, SOLVED_GREETING);
  await both[1]?.said(/✓ Passed/);
  expect(both[0]?.printed()).not.toContain('Passed');
  both.forEach((daemon) => daemon.kill('SIGTERM'));
  expect(await Promise.all(both.map(({ ended }) => ended))).toEqual([0, 0]);
  await other.remove();
});
