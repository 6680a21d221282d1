import { afterAll, beforeAll, expect } from 'vitest';
import { connect } from '../../database/connection.ts';
import { startEngine } from '../../database/engine.ts';
import { join } from 'node:path';
import { fault } from './fault.ts';
import { clinicWith, type FaultBench, openFaultBench } from './fault-bench.ts';
import { serversLeft, serversUnder } from '../database/private-home.ts';
import { copiesIn } from './left-behind.ts';

let bench: FaultBench;
beforeAll(async () => void (bench = await openFaultBench()));
afterAll(() => bench.close());

/** Asks the test, by a file of the clinic's, to do its deed, and answers after it. */
const WAITING = clinicWith(`app.get('/bad', async (_, answer) => {
  await pool.query('SELECT 1');
  const broken = await pool.query('SELECT pg_sleep(6)').then(() => null, (error) => String(error));
  answer.status(broken === null ? 200 : 500).send(broken);
});`);

fault('a process of PostgreSQL is lost in the middle of a run', async () => {
  const judging = bench.visit({ 'src/server.ts': WAITING }, '/', '/bad');
  process.kill(await sleeper(), 'SIGKILL');
  expect(await judging).toMatchObject({ outcome: 'errored', code: 'DATABASE_LOST' });
  await bench.expectRecovered();
});

/** The server's process whose statement sleeps. */
async function sleeper(): Promise<number> {
  const client = await connect(bench.engine.address, bench.engine.address);
  try {
    for (;;) {
      const { rows } = await client.query<{ pid: number }>(
        "SELECT pid FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active'",
      );
      if (rows[0] !== undefined) return rows[0].pid;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  } finally {
    await client.end();
  }
}

fault('PostgreSQL is lost altogether', async () => {
  const [server] = await serversUnder(bench.root);
  process.kill(Number(server), 'SIGKILL');
  const { outcome, code } = await bench.run({ 'src/server.ts': clinicWith('') }, '/');
  expect({ outcome, code }).toEqual({ outcome: 'errored', code: 'DATABASE_LOST' });
  // What the remedy says: a new start prepares it anew.
  const again = await startEngine({ home: join(bench.root, 'engine'), force: 'native' });
  expect(await copiesIn(again.address)).toEqual([]);
  await again.close();
  expect(await serversLeft(bench.root)).toEqual([]);
});
