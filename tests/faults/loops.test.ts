import { afterAll, beforeAll, expect } from 'vitest';
import { fault } from './fault.ts';
import { clinicWith, type FaultBench, openFaultBench } from './fault-bench.ts';

let bench: FaultBench;
beforeAll(async () => void (bench = await openFaultBench()));
afterAll(async () => {
  await bench.expectRecovered().finally(() => bench.close());
});

const visit = (handler: string) =>
  bench.visit({ 'src/server.ts': clinicWith(`app.get('/bad', ${handler});`) }, '/', '/bad');

fault('an endless loop in a handler', async () => {
  expect(await visit('() => {\n  for (;;);\n}')).toMatchObject({
    outcome: 'failed',
    finding: { ruleId: 'clinic/endless-loop', location: { file: 'app/src/server.ts', line: 7 } },
  });
});

fault('an endless loop of promises, which never lets anybody else in', async () => {
  expect(await visit('async () => {\n  for (;;) await null;\n}')).toMatchObject({
    outcome: 'failed',
    finding: { ruleId: 'clinic/endless-loop', location: { file: 'app/src/server.ts', line: 7 } },
  });
});

fault('an endless loop while a file is imported', async () => {
  const files = {
    'src/server.ts': `import './settings.ts';\n${clinicWith('')}`,
    'src/settings.ts': `export const a = 1;\nwhile (a === 1);\n`,
  };
  expect(await bench.visit(files, '/')).toMatchObject({
    outcome: 'failed',
    finding: { ruleId: 'clinic/endless-loop', location: { file: 'app/src/settings.ts', line: 2 } },
  });
});

fault('a regular expression that tries for ever', async () => {
  const handler = `(_, answer) => {\n  answer.send(String(/^(a+)+$/.test('a'.repeat(40) + '!')));\n}`;
  expect(await visit(handler)).toMatchObject({
    outcome: 'failed',
    finding: { ruleId: 'clinic/endless-loop', location: { file: 'app/src/server.ts', line: 7 } },
  });
});

fault('memory without end', async () => {
  const handler = `() => {\n  const all: number[][] = [];\n  for (;;) all.push(new Array(9999).fill(0.5));\n}`;
  expect(await visit(handler)).toMatchObject({
    outcome: 'failed',
    finding: { ruleId: 'clinic/out-of-memory', location: { file: 'app/src/server.ts' } },
  });
});

fault('a function that calls itself for ever', async () => {
  const deep = `(_, answer) => {\n  const deep = (): number => deep() + 1;\n  answer.send(String(deep()));\n}`;
  // Express answers an error that its handler throws; the clinic goes on.
  const { outcome, finding } = await visit(deep);
  expect({ outcome, rule: finding?.ruleId, observed: finding?.observed }).toMatchObject({
    outcome: 'failed',
    rule: 'visit/not-answered',
    observed: expect.stringContaining('Maximum call stack size exceeded'),
  });
});
