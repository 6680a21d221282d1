import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
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
    finding: { ruleId: 'clinic/ended', message: expect.stringContaining('SIGKILL') },
  });
});

fault('`process.kill` of the process that started it', async () => {
  const text = clinicWith(`app.get('/bad', () => {\n  process.kill(process.ppid, 'SIGKILL');\n});`);
  const { outcome, code } = await bench.run(server(text), '/', '/bad');
  expect({ outcome, code }).toEqual({ outcome: 'errored', code: 'JUDGE_LOST' });
  // The next judge takes away what this one has left.
  await bench.expectRecovered();
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
