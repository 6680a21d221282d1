import { execFileSync } from 'node:child_process';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect } from 'vitest';
import { SAMPLE_FILES, SHIPPED_GREETING, SOLVED_GREETING } from '../scripts/sample-steps.ts';
import { startCli, type Started } from '../scripts/started.ts';
import { copyWorkshop, type WorkshopCopy } from '../scripts/workshop-copy.ts';
import { fault } from './fault.ts';
import { type JournalWatch, watchJournal } from './journal-watch.ts';
import { expectNoProcesses } from './left-behind.ts';

let workshop: WorkshopCopy;
let daemon: Started;
let watch: JournalWatch;
beforeAll(async () => {
  workshop = await copyWorkshop(SAMPLE_FILES);
  watch = await watchJournal(workshop.root);
  const nowhere = { DATABASE_URL: 'postgres://nobody:nothing@127.0.0.1:9/postgres' };
  daemon = startCli(workshop.root, ['start', '--no-open', '--port', '0', '--app-port', '0'], nowhere);
  await daemon.said(/✗ Failed/);
});
afterAll(async () => {
  daemon.kill('SIGTERM');
  expect(await daemon.ended).toBe(0);
  await expectNoProcesses(workshop.root);
  await watch.close();
  await workshop.remove();
});

const file = () => join(workshop.root, 'app/src/greeting.ts');

fault('200 saves in a second', async () => {
  const from = watch.events.length;
  for (let save = 0; save < 200; save += 1) {
    await writeFile(file(), `${SHIPPED_GREETING}// ${save}\n`);
    await pause(4);
  }
  const last = await watch.journaled();
  await writeFile(file(), SOLVED_GREETING);
  await watch.decided(last, 'passed');
  const early = watch.events.slice(from, last);
  expect(early.filter(({ type }) => type === 'run.finished')).not.toContainEqual(
    expect.objectContaining({ verdict: expect.objectContaining({ outcome: 'passed' }) }),
  );
});

fault('an editor that formats what it has saved', async () => {
  for (const [saved, formatted, outcome] of [
    [SOLVED_GREETING, SHIPPED_GREETING, 'failed'],
    [SHIPPED_GREETING, SOLVED_GREETING, 'passed'],
  ] as const) {
    await writeFile(file(), `${saved}\n`);
    await pause(40);
    const from = await watch.journaled();
    await writeFile(`${file()}.tmp`, formatted);
    await rename(`${file()}.tmp`, file());
    await watch.decided(from, outcome);
  }
});

fault('`git checkout` of many files', async () => {
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.org', ...args], {
      cwd: workshop.root,
    });
  const many = (text: string) =>
    Promise.all(
      Array.from({ length: 300 }, (_, i) => workshop.write(`app/src/many/file-${i}.ts`, `${text} ${i}\n`)),
    );
  git('init', '-q');
  await writeFile(file(), SHIPPED_GREETING);
  await many('// one');
  git('add', 'app');
  git('commit', '-q', '-m', 'one');
  git('checkout', '-q', '-b', 'solved');
  await many('// two');
  await writeFile(file(), SOLVED_GREETING);
  git('commit', '-q', '-a', '-m', 'two');
  const back = await watch.journaled();
  git('checkout', '-q', '-');
  await watch.decided(back, 'failed');
  const from = await watch.journaled();
  git('checkout', '-q', 'solved');
  await watch.decided(from, 'passed');
});
