import { randomInt } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect } from 'vitest';
import { createRandom } from '../../harness/random.ts';
import type { Verdict } from '../../model/verdict.ts';
import { type EmbeddedBench, openEmbeddedBench } from './embedded-bench.ts';
import { faultWhere } from './fault.ts';
import { clinicWith } from './fault-bench.ts';

/** A hundred with SECOND_OPINION_KILLS=100; SECOND_OPINION_SEED repeats the one that failed. */
const KILLS = Number(process.env['SECOND_OPINION_KILLS'] ?? 2);
const SEED = Number(process.env['SECOND_OPINION_SEED'] ?? randomInt(2 ** 31));
const isLinux = process.platform === 'linux';

let bench: EmbeddedBench;
let moments = 0;
beforeAll(async () => {
  if (isLinux) bench = await openEmbeddedBench();
});
afterAll(async () => {
  if (isLinux) await bench.close();
});

faultWhere(isLinux, 'the embedded database is lost while it waits', async () => {
  await expectSound();
  await bench.warm();
  await bench.killEngine();
  await expectSound();
});

faultWhere(isLinux, 'the embedded database is lost in the middle of a transaction', async () => {
  await expectErrored(`const client = await pool.connect();
  await client.query('BEGIN');
  await client.query("INSERT INTO facilities (name, address, phone) VALUES ('Lost', 'Nowhere 1', '0')");
  await sayNow();
  await client.query('SELECT pg_sleep(6)');
  await client.query('COMMIT');`);
  await expectSound();
});

faultWhere(isLinux, 'the embedded database is lost under load', async () => {
  await expectErrored(`const ask = () => pool.query('SELECT length($1::text)', ['x'.repeat(300_000)]);
  await Promise.all(Array.from({ length: 20 }, ask));
  await sayNow();
  for (let i = 0; i < 500; i++) await Promise.all(Array.from({ length: 10 }, ask));`);
  await expectSound();
});

faultWhere(
  isLinux,
  '`kill -9` of the embedded database at random moments',
  async () => {
    const random = createRandom(SEED);
    for (let number = 0; number < KILLS; number += 1) {
      const moment = random.integer(0, 1_500);
      const about = `kill ${number} after ${moment} ms, seed ${SEED}`;
      const judging = bench.judge(SOUND, '/', '/', '/', '/');
      await pause(moment);
      await bench.killEngine();
      const verdict = await judging;
      // The clinic is sound: whatever it answered meanwhile was not its fault.
      if (verdict.outcome !== 'passed') expectRemedy(verdict, about);
      await expectSound(about);
    }
  },
  60_000 + KILLS * 30_000,
);

const SOUND = clinicWith('');

/** A run that is asked for before the loss was noticed can't run either; the one after it does. */
async function expectSound(about?: string): Promise<void> {
  const verdict = await bench.judge(SOUND, '/');
  if (verdict.outcome === 'errored') {
    expectRemedy(verdict, about);
    expect(await bench.judge(SOUND, '/'), about).toMatchObject({ outcome: 'passed' });
  } else expect(verdict, about).toMatchObject({ outcome: 'passed' });
}

function expectRemedy(verdict: Verdict, about?: string): void {
  expect(verdict, about).toMatchObject({ outcome: 'errored', problem: { code: 'DATABASE_LOST' } });
  expect(verdict.outcome === 'errored' && verdict.problem.remedy).toMatch(
    /^This says nothing about your code/,
  );
}

/** `handler` calls `sayNow()` when the engine is to be lost. */
async function expectErrored(handler: string): Promise<void> {
  const sign = join(bench.root, `moment-${(moments += 1)}`);
  const server = clinicWith(`const { writeFile } = await import('node:fs/promises');
const sayNow = () => writeFile(${JSON.stringify(sign)}, '');
app.get('/bad', async (_, answer) => {
  ${handler}
  answer.send('done');
});`);
  const judging = bench.judge(server, '/', '/bad');
  while (!(await stat(sign).catch(() => null))) await pause(10);
  await bench.killEngine();
  expectRemedy(await judging);
}
