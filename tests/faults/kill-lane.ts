import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { startEngine } from '../../database/engine.ts';
import type { Random } from '../../harness/random.ts';
import type { Verdict } from '../../model/verdict.ts';
import { serversLeft } from '../database/private-home.ts';
import { startCli, type Started } from '../scripts/started.ts';
import { copyWorkshop } from '../scripts/workshop-copy.ts';
import { clinicWith, VISIT_STEP } from './fault-bench.ts';
import { watchJournal } from './journal-watch.ts';
import { copiesIn, expectNoProcesses, processesAbout, scratchIn } from './left-behind.ts';
import { findVictims, type Victim, VICTIMS } from './victims.ts';

/** A workshop of its own in which one process after the other is killed. */
export interface KillLane {
  /** Saves, kills one at a random moment, and proves that every verdict is right and that the last save gets one. */
  kill(number: number, random: Random): Promise<void>;
  /** Ends the workshop in order and proves that no process, database, copy or line of the journal is left or lost. */
  expectNothingLeft(): Promise<void>;
  close(): Promise<void>;
}

export async function openKillLane(): Promise<KillLane> {
  const workshop = await copyWorkshop({
    'app/package.json': '{ "type": "module" }',
    'app/src/server.ts': clinicWith(''),
    ...VISIT_STEP,
    'steps/01-visit/step.test.ts': CHECKS,
  });
  const watch = await watchJournal(workshop.root);
  /** Whether the text of that number is sound: its clinic says its number, and the verdict what the clinic said. */
  const texts: boolean[] = [];
  let daemon: Started | null = null;

  const save = async (isSound: boolean) => {
    const number = texts.push(isSound) - 1;
    const said = isSound
      ? `answer.send('text ${number}. ' + `
      : `answer.status(500).send('text ${number}. ' + `;
    const text = clinicWith('').replace('answer.send(', said);
    await workshop.write(FILE, text);
    return { number, text };
  };

  const start = async () => {
    const started = startCli(
      workshop.root,
      ['start', '--no-open', '--port', '0', '--app-port', '0'],
      {},
      'npm',
    );
    await started.said(/The clinic (runs|does not run)|Clinic/);
    return started;
  };

  /** The loss of PostgreSQL is repaired by a new start, as the verdict says; that of the daemon as well. */
  const repair = async (victim: Victim) => {
    if (victim === 'postgres') daemon?.kill('SIGTERM');
    if (victim !== 'postgres' && victim !== 'daemon') return;
    await daemon?.ended;
    daemon = null;
    while ((await processesAbout(workshop.root)).length > 0) await pause(20);
  };

  const isWrong = (verdict: Verdict) => {
    if (verdict.outcome === 'cancelled') return false;
    if (verdict.outcome === 'errored') return !/\w/.test(verdict.problem.remedy);
    const isSound = texts[numberIn(verdict) ?? -1];
    return isSound === undefined || isSound !== (verdict.outcome === 'passed');
  };

  /** Of the save with this number, or that none can be reached. */
  const verdictOn = async (number: number, since: number, about: string) => {
    const until = performance.now() + 60_000;
    const isIt = (verdict: Verdict) => verdict.outcome === 'errored' || numberIn(verdict) === number;
    for (;;) {
      const found = watch.verdicts(since).find(isIt);
      if (found !== undefined) return found;
      if (performance.now() > until)
        throw new Error(`${about}: no verdict; ${daemon?.printed().slice(-2_000)}`);
      await pause(10);
    }
  };

  const expectRightVerdict = async (isSound: boolean, about: string) => {
    for (let turn = 0; turn < 4; turn += 1) {
      daemon ??= await start();
      const since = await watch.journaled();
      const { number } = await save(isSound);
      const { outcome } = await verdictOn(number, since, about);
      if (outcome !== 'errored') return;
    }
    throw new Error(`${about}: four saves came to no verdict: ${JSON.stringify(watch.events.slice(-20))}`);
  };

  return {
    async kill(number, random) {
      const isSound = random.integer(0, 1) === 1;
      const victim = VICTIMS[(number + random.integer(0, 1)) % VICTIMS.length] ?? 'judge';
      const moment = random.integer(0, victim === 'command' ? 900 : 400);
      const about = `kill ${number} (${victim} after ${moment} ms)`;

      daemon ??= await start();
      const from = await watch.journaled();
      const { text } = await save(isSound);
      const command = victim === 'command' ? startCli(workshop.root, ['check', 'visit'], {}, 'npm') : null;
      await pause(moment);
      const pids = await findVictims(workshop.root, victim);
      killIfThere(pids[random.integer(0, Math.max(0, pids.length - 1))]);
      await command?.ended;
      await repair(victim);
      expect(await readFile(join(workshop.root, FILE), 'utf8'), about).toBe(text);
      await expectRightVerdict(isSound, about);
      expect(watch.verdicts(from).filter(isWrong), about).toEqual([]);
    },
    async expectNothingLeft() {
      const { root } = workshop;
      daemon?.kill('SIGTERM');
      expect(await daemon?.ended).toBe(0);
      daemon = null;
      await expectNoProcesses(root);
      expect(await serversLeft(root)).toEqual([]);
      expect(await scratchIn(root)).toEqual([]);
      process.env['TMPDIR'] = join(root, 'tmp');
      const engine = await startEngine({ home: join(root, '.workshop', 'engine'), force: 'native' });
      expect(await copiesIn(engine.address)).toEqual([]);
      await engine.close();
      const { events, passedOver } = await watch.journal.read();
      expect(passedOver.filter(({ reason }) => reason !== 'unreadable')).toEqual([]);
      await expect.poll(() => watch.events).toEqual(events);
    },
    async close() {
      daemon?.kill('SIGKILL');
      await daemon?.ended;
      await watch.close();
      await workshop.remove();
    },
  };
}

/** It may have ended since it was seen. */
function killIfThere(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function numberIn(verdict: Verdict): number | null {
  const [, number] = /text (\d+)\./.exec(JSON.stringify(verdict)) ?? [];
  return number === undefined ? null : Number(number);
}

const FILE = 'app/src/server.ts';
const CHECKS = `export default {
  async answers(run) {
    const answer = await (await run.clinic()).visitor.get('/');
    run.report({ ruleId: 'visit/said', level: 'note', message: answer.body.slice(0, 40) });
    if (answer.status !== 200) run.report({ ruleId: 'visit/not-answered', message: 'It answered ' + answer.status });
  },
};
`;
