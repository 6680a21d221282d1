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
import { processesAbout } from './left-behind.ts';

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
  expect(await processesAbout(workshop.root)).toEqual([]);
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
  const last = watch.events.length;
  await writeFile(file(), SOLVED_GREETING);
  await watch.decided(last, 'passed');
  const before = watch.verdicts(from).filter(({ outcome }) => outcome === 'passed');
  expect(before.length).toBe(watch.verdicts(last).filter(({ outcome }) => outcome === 'passed').length);
});

fault('an editor that formats what it has saved', async () => {
  const from = watch.events.length;
  await writeFile(file(), SHIPPED_GREETING);
  await pause(40);
  await writeFile(`${file()}.tmp`, `${SHIPPED_GREETING}\n`);
  await rename(`${file()}.tmp`, file());
  expect(await watch.decided(from)).toMatchObject({
    outcome: 'failed',
    findings: [{ ruleId: 'spelling/moring' }, {}],
  });
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
  await many('// one');
  git('add', 'app');
  git('commit', '-q', '-m', 'one');
  git('checkout', '-q', '-b', 'solved');
  await many('// two');
  await writeFile(file(), SOLVED_GREETING);
  git('commit', '-q', '-a', '-m', 'two');
  git('checkout', '-q', '-');
  const from = watch.events.length;
  git('checkout', '-q', 'solved');
  await watch.decided(from, 'passed');
});
