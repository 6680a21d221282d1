import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect } from 'vitest';
import { fault } from './fault.ts';
import { clinicWith, type FaultBench, openFaultBench } from './fault-bench.ts';

let bench: FaultBench;
beforeAll(async () => void (bench = await openFaultBench()));
afterAll(async () => {
  await bench.expectRecovered().finally(() => bench.close());
});

const server = (text: string) => ({ 'src/server.ts': text });
const visit = (handler: string) =>
  bench.visit(server(clinicWith(`app.get('/bad', ${handler});`)), '/', '/bad');

fault('`process.exit` while the clinic starts', async () => {
  expect(await bench.visit(server(`process.exit(0);\n${clinicWith('')}`), '/')).toMatchObject({
    outcome: 'failed',
    finding: { ruleId: 'clinic/exited', location: { file: 'app/src/server.ts', line: 1 } },
  });
});

fault('`process.exit` in a handler', async () => {
  expect(await visit('() => {\n  process.exit(0);\n}')).toMatchObject({
    outcome: 'failed',
    finding: { ruleId: 'clinic/exited', location: { file: 'app/src/server.ts', line: 7 } },
  });
});

fault('`process.kill` of itself', async () => {
  expect(await visit(`() => {\n  process.kill(process.pid, 'SIGKILL');\n}`)).toMatchObject({
    outcome: 'failed',
    finding: {
      ruleId: 'clinic/ended',
      message: expect.stringContaining('SIGKILL'),
      location: { file: 'app/src/server.ts', line: 7 },
    },
  });
});

fault('`process.kill` of the process that started it', async () => {
  const text = clinicWith(`app.get('/bad', () => {\n  process.kill(process.ppid, 'SIGKILL');\n});`);
  const { outcome, code } = await bench.run(server(text), '/', '/bad');
  expect({ outcome, code }).toEqual({ outcome: 'errored', code: 'JUDGE_LOST' });
  // The next judge takes away what this one has left.
  await bench.expectRecovered();
});

fault('the clinic is killed by somebody else, as by a system that is short of memory', async () => {
  const asked = join(bench.root, 'asked');
  const text = clinicWith(`app.get('/bad', () => writeFileSync('${asked}', String(process.pid)));`);
  const judging = bench.visit(server(`import { writeFileSync } from 'node:fs';\n${text}`), '/', '/bad');
  const clinic = async () => Number(await readFile(asked, 'utf8').catch(() => ''));
  while ((await clinic()) === 0) await pause(20);
  process.kill(await clinic(), 'SIGKILL');
  expect(await judging).toMatchObject({ outcome: 'errored', code: 'CLINIC_KILLED' });
});

fault('a promise that is rejected and that nobody awaits', async () => {
  const handler = `() => {\n  void Promise.reject(new Error('nobody listens'));\n}`;
  expect(await visit(handler)).toMatchObject({
    outcome: 'failed',
    finding: { ruleId: 'clinic/crashed', location: { file: 'app/src/server.ts', line: 7 } },
  });
});

fault('an error that is thrown in a timer', async () => {
  const handler = `() => {\n  setTimeout(() => {\n    throw new Error('late');\n  }, 5);\n}`;
  expect(await visit(handler)).toMatchObject({
    outcome: 'failed',
    finding: { ruleId: 'clinic/crashed', location: { file: 'app/src/server.ts', line: 8 } },
  });
});

fault('a process that the clinic starts and that stays', async () => {
  const child = (options: string) =>
    `spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore', ${options} });`;
  const text = `import { spawn } from 'node:child_process';\n${clinicWith(child(''))}`;
  expect(await bench.visit(server(text), '/')).toMatchObject({ outcome: 'passed' });
});

fault('a process that leaves the group of the clinic', async () => {
  const text = `import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore', detached: true });
writeFileSync('${join(bench.root, 'started')}', String(child.pid));
child.unref();
${clinicWith('')}`;
  expect(await bench.visit(server(text), '/')).toMatchObject({ outcome: 'passed' });
  expect(Number(await readFile(join(bench.root, 'started'), 'utf8'))).toBeGreaterThan(0);
});

fault('the port of a clinic that is judged is taken at the last moment', async () => {
  const taken = join(bench.root, 'taken');
  const quicker = `require('node:net').createServer().listen(process.env.PORT, '127.0.0.1', () => console.log('there'))`;
  const text = `import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
if (!existsSync('${taken}')) {
  writeFileSync('${taken}', process.env['PORT'] ?? '');
  const quicker = spawn(process.execPath, ['-e', ${JSON.stringify(quicker)}], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(quicker.stdout, 'data');
}
writeFileSync('${taken}-not', process.env['PORT'] ?? '');
${clinicWith('')}`;
  expect(await bench.visit(server(text), '/')).toMatchObject({ outcome: 'passed' });
  const ports = await Promise.all([taken, `${taken}-not`].map((file) => readFile(file, 'utf8')));
  expect(Number(ports[0])).toBeGreaterThan(0);
  expect(ports[1]).not.toBe(ports[0]);
});
