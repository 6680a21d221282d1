import { afterAll, beforeAll, expect } from 'vitest';
import { fault } from './fault.ts';
import { clinicWith, type FaultBench, openFaultBench } from './fault-bench.ts';

let bench: FaultBench;
beforeAll(async () => void (bench = await openFaultBench()));
afterAll(async () => {
  await bench.expectRecovered().finally(() => bench.close());
});

const visit = (handler: string, ...more: readonly string[]) =>
  bench.visit({ 'src/server.ts': clinicWith(`app.get('/bad', ${handler});`) }, '/', '/bad', ...more);

fault('a handler that never answers', async () => {
  expect(await visit('() => undefined')).toMatchObject({
    outcome: 'failed',
    finding: { ruleId: 'clinic/no-answer', tried: 'GET /bad' },
  });
});

fault('a pool whose connections are taken and never given back', async () => {
  const leaking = `async (_, answer) => {\n  await pool.connect();\n  answer.send('ok');\n}`;
  const eleven = Array.from({ length: 10 }, () => '/bad');
  // The pool's eleventh client waits for ever.
  expect(await visit(leaking, ...eleven)).toMatchObject({
    outcome: 'failed',
    finding: { ruleId: 'clinic/no-answer', tried: 'GET /bad' },
  });
});

fault('more connections than the role may have', async () => {
  const greedy = `async (_, answer) => {
  for (let i = 0; i < 70; i++) await new pg.Client({ connectionString: process.env['DATABASE_URL'] }).connect();
  answer.send('ok');
}`;
  const { outcome, finding } = await visit(greedy);
  expect({ outcome, rule: finding?.ruleId }).toEqual({ outcome: 'failed', rule: 'visit/not-answered' });
  expect(finding?.observed).toContain('too many connections for role');
});

fault('a statement that sleeps (`pg_sleep`)', async () => {
  const sleeping = `async (_, answer) => {\n  await pool.query("SET statement_timeout = 0; SELECT pg_sleep(1000)");\n  answer.send('ok');\n}`;
  expect(await visit(sleeping)).toMatchObject({
    outcome: 'failed',
    finding: { ruleId: 'clinic/no-answer', tried: 'GET /bad' },
  });
});

fault('`DROP TABLE` by the clinic itself', async () => {
  const dropping = `async (_, answer) => {\n  await pool.query('DROP TABLE doctors CASCADE');\n  answer.send('gone');\n}`;
  const { outcome, finding } = await visit(dropping, '/');
  expect({ outcome, rule: finding?.ruleId }).toEqual({ outcome: 'failed', rule: 'visit/not-answered' });
  expect(finding?.observed).toContain('relation &quot;doctors&quot; does not exist');
  await bench.expectRecovered();
});

fault('`DROP SCHEMA` by the clinic itself', async () => {
  const dropping = `async (_, answer) => {\n  await pool.query('DROP SCHEMA public CASCADE');\n  answer.send('gone');\n}`;
  const { outcome, finding } = await visit(dropping, '/');
  expect({ outcome, rule: finding?.ruleId }).toEqual({ outcome: 'failed', rule: 'visit/not-answered' });
  await bench.expectRecovered();
});

fault('`DROP DATABASE` of everything that the clinic may drop', async () => {
  await bench.judge.warm(bench.app);
  const dropping = `async (_, answer) => {
  const { rows } = await pool.query("SELECT datname FROM pg_database WHERE datname <> current_database() AND NOT datistemplate");
  for (const { datname } of rows) await pool.query('DROP DATABASE ' + datname + ' WITH (FORCE)').catch(() => undefined);
  answer.send('gone');
}`;
  expect(await visit(dropping)).toMatchObject({ outcome: 'passed' });
  await bench.expectRecovered();
});

fault('10 MB of output', async () => {
  const line = `'a line of a log that says nothing at all, again and again and again\\n'.repeat(1000)`;
  const loud = `for (let i = 0; i < 80; i++) process.stdout.write(${line});
app.get('/bad', (_, answer) => {
  for (let i = 0; i < 80; i++) process.stderr.write(${line});
  answer.send('ok');
});`;
  const { outcome } = await bench.visit({ 'src/server.ts': clinicWith(loud) }, '/', '/bad');
  expect(outcome).toBe('passed');
  const silent = `${loud}\napp.get('/end', () => {\n  throw setTimeout(() => {\n    throw new Error('at last');\n  });\n});`;
  const ended = await bench.visit({ 'src/server.ts': clinicWith(silent) }, '/end');
  expect(ended).toMatchObject({ outcome: 'failed' });
  expect(JSON.stringify(ended.findings).length).toBeLessThan(5_000);
});
