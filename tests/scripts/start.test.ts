import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { SAMPLE_FILES, SHIPPED_GREETING, SOLVED_GREETING } from './sample-steps.ts';
import { startCli, type Started } from './started.ts';
import { copyWorkshop, type WorkshopCopy } from './workshop-copy.ts';

const ANY_PORTS = ['--port', '0', '--app-port', '0'];
/** Nobody listens there, so there is no database: quick, and the guide must stand all the same. */
const NO_DATABASE = { DATABASE_URL: 'postgres://nobody:nothing@127.0.0.1:9/postgres' };

let workshop: WorkshopCopy;
let started: Started | null = null;
const start = (args: readonly string[], environment: Record<string, string> = {}) =>
  (started = startCli(workshop.root, ['start', ...args], environment));

beforeAll(async () => void (workshop = await copyWorkshop(SAMPLE_FILES, 'shipped')));
afterEach(async () => {
  started?.kill('SIGTERM');
  await started?.ended;
  await workshop.write('app/src/greeting.ts', SHIPPED_GREETING);
});
afterAll(() => workshop.remove());

test('everything runs, a save is judged, and all of it ends with SIGTERM', { timeout: 120_000 }, async () => {
  const daemon = start(ANY_PORTS);
  const guide = (await daemon.said(/Guide +(http:\S+)/))[1] ?? '';
  const clinic = (await daemon.said(/The clinic runs: (http:\S+)/))[1] ?? '';
  await daemon.said(/✗ Failed/);
  expect((await fetch(guide)).status).toBe(200);
  expect((await fetch(`${clinic}/healthz`)).status).toBe(200);

  daemon.forget();
  await writeFile(join(workshop.root, 'app/src/greeting.ts'), SOLVED_GREETING);
  await daemon.said(/✓ Passed {2}all 2 checks pass/);

  const second = await workshop.cli('start', ...ANY_PORTS);
  expect(second.code).toBe(2);
  expect(second.err).toContain(`Guide   ${new URL(guide).origin}\n    Clinic  ${clinic}`);

  daemon.forget();
  await workshop.cli('check', 'manners');
  await daemon.said(/✗ Failed {2}step 2 · Manners\n {2}✗ The farewell is curt\./);

  daemon.kill('SIGTERM');
  expect(await daemon.ended).toBe(0);
  await expect(fetch(guide)).rejects.toThrow();
  await expect(fetch(clinic)).rejects.toThrow();
  await allGone(workshop.root);
  for (const home of ['judge', 'live']) {
    expect(await readdir(join(workshop.root, '.workshop', 'scratch', home)).catch(() => [])).toEqual([]);
  }
});

describe('without a database', () => {
  test('the guide stands, says why, and judges what needs none', async () => {
    const daemon = start(ANY_PORTS, NO_DATABASE);
    const guide = (await daemon.said(/Guide +(http:\S+)/))[1] ?? '';
    await daemon.said(/The guide works without it/);
    await daemon.said(/✗ Failed {2}1 of 2 checks pass/);
    expect((await fetch(guide)).status).toBe(200);
  });

  test('--step opens a step, by number or slug', async () => {
    const daemon = start([...ANY_PORTS, '--step', '2'], NO_DATABASE);
    await daemon.said(/Step 2 of 3 · Manners/);
    await daemon.said(/Step 2 · Manners .*\n.*\n✗ Failed/);
    expect((await workshop.cli('list')).out).toMatch(/→ {3}2 {2}Manners/);
  });
});

test('a port of the guide that is taken is said, with another command', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const address = other.address();
  const port = typeof address === 'object' ? String(address?.port) : '';
  const daemon = start(['--port', port, '--app-port', '0'], NO_DATABASE);
  expect(await daemon.ended).toBe(2);
  expect(daemon.printed()).toContain(`port ${port}, and another program does already`);
  expect(daemon.printed()).toContain('npm start -- --port');
  expect(daemon.printed()).toMatch(new RegExp(`✗ Port \\(guide\\) +${port} is taken by`));
  await new Promise((resolve) => other.close(resolve));
});

test(
  'kill -9 leaves nothing that runs, and the next start is not hindered',
  { timeout: 120_000 },
  async () => {
    const daemon = start(ANY_PORTS);
    await daemon.said(/The clinic runs/);
    daemon.kill('SIGKILL');
    await daemon.ended;
    await allGone(workshop.root);

    const next = start(ANY_PORTS);
    await next.said(/The clinic runs/);
    next.kill('SIGINT');
    expect(await next.ended).toBe(0);
  },
);

/** Node processes that were started from this folder; PostgreSQL is kept for the next start. */
async function processesOf(root: string): Promise<string[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const commands = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return commands.filter((command) => {
    const [program = ''] = command.split('\0');
    return command.includes(root) && basename(program).startsWith('node');
  });
}

/** There is no event for the end of a process that is nobody's child any more. */
const allGone = (root: string) => expect.poll(() => processesOf(root)).toEqual([]);
