import { randomInt } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { createRandom } from '../../harness/random.ts';
import { faultWhere } from './fault.ts';
import { type KillLane, openKillLane } from './kill-lane.ts';

/** A hundred with SECOND_OPINION_KILLS=100; SECOND_OPINION_SEED repeats the ones that failed. */
const KILLS = Number(process.env['SECOND_OPINION_KILLS'] ?? 12);
const SEED = Number(process.env['SECOND_OPINION_SEED'] ?? randomInt(2 ** 31));
/** Of a hundred each half has a workshop of its own. */
const LANES = KILLS > 20 ? 2 : 1;

const lanes: KillLane[] = [];
beforeAll(async () => {
  for (let lane = 0; lane < LANES; lane += 1) lanes.push(await openKillLane());
});
afterAll(() => Promise.all(lanes.map((lane) => lane.close())));

faultWhere(
  process.platform === 'linux',
  '`kill -9` of each process in turn, at random moments',
  async () => {
    console.info(`${KILLS} kills, seed ${SEED}`);
    await Promise.all(
      lanes.map(async (lane, first) => {
        const random = createRandom(SEED + first);
        for (let number = first; number < KILLS; number += LANES) await lane.kill(number, random);
      }),
    );
    for (const lane of lanes) await lane.expectNothingLeft();
  },
  KILLS * 30_000,
);
