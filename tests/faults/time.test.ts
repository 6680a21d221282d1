import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import { createSampleWorkshop } from '../runner/sample-workshop.ts';
import { createJudge } from '../../runner/judge.ts';
import { openJournal } from '../../store/journal/journal.ts';
import { openWorkspace } from '../../store/workspace/workspace.ts';
import { foldProgress } from '../../model/progress.ts';
import { runRecorded } from '../../runner/recorded-run.ts';
import { edit, textIn, workshopFolder } from '../store/workspace-fixture.ts';
import { fault, faultWhere } from './fault.ts';
import { clinicWith, type FaultBench, openFaultBench } from './fault-bench.ts';
import { processesAbout } from './left-behind.ts';

let bench: FaultBench;
beforeAll(async () => void (bench = await openFaultBench()));
afterAll(() => bench.close());

// The clock is read through `Date` alone; what is measured comes from one that never jumps.
fault('the clock is set a year back, and a year ahead', async () => {
  const root = await workshopFolder();
  const sample = await createSampleWorkshop();
  const step = await sample.step(1, 'answer', { 'is-there': 'void run;' });
  const judge = createJudge({
    root: sample.root,
    database: { problem: { code: 'X', message: 'x', remedy: 'x' } },
  });
  const journal = await openJournal(join(root, '.workshop', 'journal.ndjson'));
  const workspace = await openWorkspace({ root });
  const now = Date.now();
  try {
    for (const [i, time] of [now, now - YEAR, now + YEAR, now].entries()) {
      vi.useFakeTimers({ now: time, toFake: ['Date'] });
      const { signal } = new AbortController();
      const record = journal.append.bind(journal);
      const result = await runRecorded({
        judge,
        record,
        cancelledAs: 'superseded',
        step,
        app: sample.app,
        seed: 1,
        signal,
      });
      expect(result).toMatchObject({ verdict: { outcome: 'passed' } });
      expect(result.durationMs).toBeLessThan(60_000);
      await edit(root, 'app/src/search.ts', `mine ${i}\n`);
      await workspace.write(new Map([['app/src/search.ts', Buffer.from(`theirs ${i}\n`)]]), `write ${i}`);
    }
  } finally {
    vi.useRealTimers();
    await judge.close();
    await sample.remove();
  }
  const { events, passedOver } = await journal.read();
  expect(passedOver).toEqual([]);
  expect(foldProgress(events).steps['answer']).toMatchObject({ state: 'done', runs: 4, running: null });
  expect((await workspace.backups()).map(({ reason }) => reason)).toEqual([
    'write 3',
    'write 2',
    'write 1',
    'write 0',
  ]);
  await workspace.undo();
  expect(await textIn(root, 'app/src/search.ts')).toBe('mine 3\n');
  await journal.close();
});

faultWhere(process.platform === 'linux', 'the laptop sleeps in the middle of a run, and wakes', async () => {
  const asked = join(bench.root, 'asked');
  const slow = clinicWith(`app.get('/bad', (_, answer) => {
  writeFileSync('${asked}', String(process.pid));
  setTimeout(() => answer.send('ok'), 1500);
});`);
  const text = `import { writeFileSync } from 'node:fs';\n${slow}`;
  const judging = bench.visit({ 'src/server.ts': text }, '/', '/bad');
  const clinic = async () => Number(await readFile(asked, 'utf8').catch(() => ''));
  while ((await clinic()) === 0) await pause(20);
  const number = await clinic();
  const clinics = await processesAbout(join(bench.root, '.workshop'));
  const judge = clinics.find(({ pid }) => pid === number)?.parent ?? 0;
  expect(judge).toBeGreaterThan(1);
  const all = [judge, ...clinics.map(({ pid }) => pid)];
  // Longer than the time after which a clinic that does not breathe is a loop, and one that does not answer never will.
  for (const pid of all) process.kill(pid, 'SIGSTOP');
  await pause(9_000);
  for (const pid of all) process.kill(pid, 'SIGCONT');
  expect(await judging).toMatchObject({ outcome: 'passed' });
});

const YEAR = 365 * 24 * 60 * 60 * 1000;
