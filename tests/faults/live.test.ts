import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { createLiveClinic, type LiveClinic, type LiveClinicState } from '../../runner/live-clinic.ts';
import { freePort } from '../../clinic/free-port.ts';
import { connect } from '../../database/connection.ts';
import { fault } from './fault.ts';
import { clinicWith, type FaultBench, openFaultBench, writeFiles } from './fault-bench.ts';
import { copiesIn } from './left-behind.ts';

let bench: FaultBench;
let clinic: LiveClinic;
let state: LiveClinicState | null = null;

beforeAll(async () => void (bench = await openFaultBench()));
afterEach(() => clinic.close());
afterAll(async () => {
  await bench.expectRecovered().finally(() => bench.close());
});

async function open(handler: string, port?: number): Promise<void> {
  await writeFiles(bench.app, {
    'package.json': '{ "type": "module" }',
    'src/server.ts': clinicWith(handler),
  });
  const { root, app, engine } = bench;
  const onState = (now: LiveClinicState) => void (state = now);
  clinic = createLiveClinic({
    root,
    app,
    address: engine.address,
    port: port ?? (await freePort()),
    onState,
  });
  await clinic.restart();
}
const status = async (path: string) => (await fetch(`${clinic.url}${path}`)).status;

fault('`DROP SCHEMA` by the clinic that you look at', async () => {
  await open(`app.get('/bad', async (_, answer) => {
  await pool.query('DROP SCHEMA public CASCADE');
  answer.send('gone');
});`);
  await status('/bad');
  expect(await status('/')).toBe(500);
  await writeFile(join(bench.app, 'src/server.ts'), clinicWith(''));
  await clinic.restart();
  expect(state).toMatchObject({ state: 'running' });
  expect(await status('/')).toBe(200);
});

fault('the database of the clinic that you look at is gone', async () => {
  await open('');
  const [name] = await copiesIn(bench.engine.address);
  const administrator = await connect(bench.engine.address, bench.engine.address);
  await administrator.query(`DROP DATABASE ${name} WITH (FORCE)`).finally(() => administrator.end());
  await clinic.restart();
  expect(state).toMatchObject({ state: 'running' });
  expect(await status('/')).toBe(200);
});

fault('the port of the clinic is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  await open('', port);
  expect(state).toMatchObject({
    state: 'errored',
    problem: { code: 'PORT_TAKEN', remedy: expect.stringContaining('--app-port') },
  });
  await new Promise((resolve) => other.close(resolve));
  await clinic.restart();
  expect(state).toMatchObject({ state: 'running' });
});

fault('the clinic that you look at ends, by a request', async () => {
  await open(`app.get('/bad', () => {\n  process.exit(3);\n});`);
  await status('/bad').catch(() => undefined);
  await expect
    .poll(() => state)
    .toMatchObject({
      state: 'failed',
      finding: { ruleId: 'clinic/exited', location: { file: 'app/src/server.ts', line: 7 } },
    });
  await writeFile(join(bench.app, 'src/server.ts'), clinicWith(''));
  await clinic.restart();
  expect(await status('/')).toBe(200);
});
