import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect } from 'vitest';
import { startEngine } from '../../database/engine.ts';
import { createRandom } from '../../harness/random.ts';
import type { WorkshopEvent } from '../../model/event.ts';
import { type Journal, openJournal } from '../../store/journal/journal.ts';
import { serversUnder } from '../database/private-home.ts';
import { startCli, type Started } from '../scripts/started.ts';
import { copyWorkshop, type WorkshopCopy } from '../scripts/workshop-copy.ts';
import { faultWhere } from './fault.ts';
import { clinicWith, VISIT_STEP } from './fault-bench.ts';
import { copiesIn, processesAbout, scratchIn } from './left-behind.ts';
import { findVictims, type Victim, VICTIMS } from './victims.ts';

/** A hundred with SECOND_OPINION_KILLS=100; SECOND_OPINION_SEED repeats the one that failed. */
const KILLS = Number(process.env['SECOND_OPINION_KILLS'] ?? 12);
const SEED = Number(process.env['SECOND_OPINION_SEED'] ?? randomInt(2 ** 31));
const SOUND = clinicWith('');
const BROKEN = SOUND.replace('answer.send(', "answer.status(500).send('broken' + ");

let workshop: WorkshopCopy;
let journal: Journal;
let daemon: Started | null = null;
const events: WorkshopEvent[] = [];

beforeAll(async () => {
  const files = {
    'app/package.json': '{ "type": "module" }',
    'app/visit.txt': '/',
    'app/src/server.ts': SOUND,
  };
  workshop = await copyWorkshop({ ...files, ...VISIT_STEP });
  process.env['TMPDIR'] = join(workshop.root, 'tmp');
  journal = await openJournal(join(workshop.root, '.workshop', 'journal.ndjson'));
  journal.follow((event) => events.push(event));
});
afterAll(async () => {
  daemon?.kill('SIGKILL');
  await journal.close();
  await workshop.remove();
});

faultWhere(
  process.platform === 'linux',
  '`kill -9` of each process in turn, at random moments',
  async () => {
    const random = createRandom(SEED);
    for (let number = 0; number < KILLS; number += 1) {
      const isSound = random.integer(0, 1) === 1;
      const victim = VICTIMS[(number + random.integer(0, 1)) % VICTIMS.length] ?? 'judge';
      const moment = random.integer(0, 900);
      const about = `kill ${number} (${victim} after ${moment} ms, seed ${SEED})`;
      const text = `${isSound ? SOUND : BROKEN}// ${number}\n`;

      daemon ??= await start();
      const from = events.length;
      await workshop.write('app/src/server.ts', text);
      const command = victim === 'command' ? startCli(workshop.root, ['check', 'visit']) : null;
      await pause(moment);
      const pids = await findVictims(workshop.root, victim);
      const pid = pids[random.integer(0, Math.max(0, pids.length - 1))];
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
      await command?.ended;
      await afterwards(victim);
      await expectRightVerdict(text, isSound, from, about);
      expect(await readFile(join(workshop.root, 'app/src/server.ts'), 'utf8')).toContain(text);
    }
    await expectNothingLeft();
  },
  KILLS * 30_000,
);

async function start(): Promise<Started> {
  const started = startCli(workshop.root, ['start', '--no-open', '--port', '0', '--app-port', '0']);
  await started.said(/The clinic (runs|does not run)|Clinic/);
  return started;
}

/** The loss of PostgreSQL is repaired by a new start, as the verdict says; that of the daemon as well. */
async function afterwards(victim: Victim): Promise<void> {
  if (victim === 'postgres') daemon?.kill('SIGTERM');
  if (victim !== 'postgres' && victim !== 'daemon') return;
  await daemon?.ended;
  daemon = null;
  while ((await processesAbout(workshop.root)).length > 0) await pause(20);
}

/** Whatever was judged since the save is judged right, and in the end it is judged. */
async function expectRightVerdict(
  text: string,
  isSound: boolean,
  from: number,
  about: string,
): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) {
    const since = events.length;
    daemon ??= await start();
    await workshop.write('app/src/server.ts', `${text}// turn ${turn}\n`);
    const last = await verdictAfter(since, about);
    const wrong = verdicts(from).filter(({ outcome }) => outcome === (isSound ? 'failed' : 'passed'));
    expect(wrong, about).toEqual([]);
    if (last.outcome === (isSound ? 'passed' : 'failed')) return;
    expect(last, about).toMatchObject({
      outcome: 'errored',
      problem: { remedy: expect.stringMatching(/\w/) },
    });
  }
  throw new Error(`${about}: four saves came to no verdict: ${JSON.stringify(verdicts(from))}`);
}

async function verdictAfter(since: number, about: string) {
  const until = performance.now() + 60_000;
  for (;;) {
    const decided = verdicts(since)
      .filter(({ outcome }) => outcome !== 'cancelled')
      .at(-1);
    if (decided !== undefined) return decided;
    if (performance.now() > until)
      throw new Error(`${about}: no verdict; it said: ${daemon?.printed().slice(-2_000)}`);
    await pause(20);
  }
}

/** Of runs that began after the event number `from`. */
function verdicts(from: number) {
  const later = events.slice(from);
  const begun = new Set(later.flatMap((event) => (event.type === 'run.started' ? [event.run] : [])));
  return later.flatMap((event) =>
    event.type === 'run.finished' && begun.has(event.run) ? [event.verdict] : [],
  );
}

async function expectNothingLeft(): Promise<void> {
  const { root } = workshop;
  daemon?.kill('SIGTERM');
  expect(await daemon?.ended).toBe(0);
  daemon = null;
  expect(await processesAbout(root)).toEqual([]);
  expect(await serversUnder(root)).toEqual([]);
  expect(await scratchIn(root)).toEqual([]);
  const engine = await startEngine({ home: join(root, '.workshop', 'engine'), force: 'native' });
  expect(await copiesIn(engine.address)).toEqual([]);
  await engine.close();
  const { events: all, passedOver } = await journal.read();
  expect(passedOver.filter(({ reason }) => reason !== 'unreadable')).toEqual([]);
  expect(all.length).toBe(events.length);
}
