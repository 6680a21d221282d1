import { chmod, cp, mkdir, readdir, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { createScratch } from '../../clinic/scratch.ts';
import { createSources } from '../../harness/sources.ts';
import { findStep, loadCatalogue } from '../../store/catalogue.ts';
import { solved } from '../../store/solutions.ts';
import { surveyApp } from '../../store/workspace/file-tree.ts';
import { openWorkspace } from '../../store/workspace/workspace.ts';
import { asNobody } from '../store/as-nobody.ts';
import { fault } from './fault.ts';
import { clinicWith, type FaultBench, openFaultBench, writeFiles } from './fault-bench.ts';

let bench: FaultBench;
beforeAll(async () => void (bench = await openFaultBench()));
afterAll(() => bench.close());

/** The clinic as shipped, changed by `change`, judged by a step of the workshop. */
async function judged(step: string, change: (app: string) => Promise<unknown>) {
  await rm(bench.app, { recursive: true, force: true, maxRetries: 5 });
  await cp(join(HERE, 'app'), bench.app, {
    recursive: true,
    filter: (path) => !path.includes('node_modules'),
  });
  await change(bench.app);
  return bench.judgeStep(findStep(await loadCatalogue(HERE), step));
}

fault('a syntax error in a TypeScript file', async () => {
  expect(
    await judged('sql-injection', (app) =>
      writeFile(join(app, 'src/html.ts'), 'export const a = 1;\nconst b = ;\n'),
    ),
  ).toMatchObject({
    outcome: 'failed',
    finding: { ruleId: 'clinic/syntax-error', location: { file: 'app/src/html.ts', line: 2 } },
  });
});

fault('a syntax error in a JSON file', async () => {
  const outcome = await judged('dependency-versions', (app) =>
    writeFile(join(app, 'package.json'), '{\n  "name": "clinic",\n}\n'),
  );
  expect(outcome).toMatchObject({ outcome: 'failed', finding: { location: { file: 'app/package.json' } } });
});

fault('a syntax error in a migration', async () => {
  const outcome = await judged('data-modeling', (app) =>
    writeFile(
      join(app, 'migrations/002_new.sql'),
      'BEGIN;\nCREATE TABLE a (b int);\nCREATE TABEL c (d int);\nCOMMIT;\n',
    ),
  );
  expect(outcome).toMatchObject({
    outcome: 'failed',
    finding: { location: { file: 'app/migrations/002_new.sql', line: 3 } },
  });
});

fault('a syntax error in the Dockerfile', async () => {
  const outcome = await judged('bloated-dockerfile', (app) =>
    writeFile(join(app, 'Dockerfile'), 'FROM node:20\nRNU npm ci\n'),
  );
  expect(outcome).toMatchObject({
    outcome: 'failed',
    finding: { location: { file: 'app/Dockerfile', line: 2 } },
  });
});

fault('a syntax error in the compose file', async () => {
  const outcome = await judged('secrets-in-layers', (app) =>
    writeFile(join(app, 'docker-compose.yml'), 'services:\n  clinic:\n    build: .\n   ports: [\n'),
  );
  expect(outcome.outcome).toBe('failed');
  expect(outcome.findings.map(({ location }) => location?.file)).toContain('app/docker-compose.yml');
});

fault('a file that is deleted', async () => {
  expect(await judged('sql-injection', (app) => rm(join(app, 'src/views/search.ts')))).toMatchObject({
    outcome: 'failed',
    finding: { ruleId: 'clinic/missing-file', location: { file: 'app/src/app.ts' } },
  });
});

fault('a file that is renamed', async () => {
  expect(
    await judged('sql-injection', (app) => rename(join(app, 'src/html.ts'), join(app, 'src/markup.ts'))),
  ).toMatchObject({
    outcome: 'failed',
    finding: { ruleId: 'clinic/missing-file', location: { file: expect.stringMatching(/^app\/src\//) } },
  });
});

fault('a link that leads out of `app/`', async () => {
  const outside = join(bench.root, 'outside.ts');
  await cp(join(HERE, 'app/src/html.ts'), outside);
  const outcome = await judged('sql-injection', async (app) => {
    await rm(join(app, 'src/html.ts'));
    await symlink(outside, join(app, 'src/html.ts'));
  });
  expect(outcome).toMatchObject({ outcome: 'failed', finding: { ruleId: 'clinic/missing-file' } });
});

fault('a binary file in the place of a text', async () => {
  const bytes = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 255, 254, 253]);
  expect(await judged('sql-injection', (app) => writeFile(join(app, 'src/html.ts'), bytes))).toMatchObject({
    outcome: 'failed',
    finding: { ruleId: 'clinic/syntax-error', location: { file: 'app/src/html.ts', line: 1 } },
  });
});

fault('a file of 50 MB', async () => {
  const outcome = await judged('sql-injection', async (app) => {
    await writeFile(join(app, 'large.bin'), '');
    await truncate(join(app, 'large.bin'), 50 * 1024 * 1024);
  });
  // As without it: the flaw is still there, and nothing else is found.
  expect(outcome.outcome).toBe('failed');
  expect(new Set(outcome.findings.map(({ ruleId }) => ruleId.split('/')[0]))).toEqual(new Set(['injection']));
});

fault('lines that end as on Windows, and a byte order mark', async () => {
  const catalogue = await loadCatalogue(HERE);
  const baseline = await (await openWorkspace({ root: HERE })).baseline();
  for (const slug of ['data-modeling', 'code-style', 'comments', 'bloated-dockerfile', 'secrets-in-layers']) {
    const step = findStep(catalogue, slug);
    await rm(bench.app, { recursive: true, force: true, maxRetries: 5 });
    for (const [path, bytes] of await solved(step, catalogue, baseline))
      await writeFiles(bench.root, { [path]: asOnWindows(path, bytes) });
    expect([slug, (await bench.judgeStep(step)).outcome]).toEqual([slug, 'passed']);
  }
});

fault('a file that may not be read', async () => {
  await rm(bench.app, { recursive: true, force: true, maxRetries: 5 });
  await writeFiles(bench.app, { 'src/server.ts': clinicWith(''), 'src/secret.ts': '' });
  const scratch = join(bench.root, 'nobody');
  await mkdir(scratch);
  for (const folder of [scratch, bench.app]) await chmod(folder, 0o777);
  await chmod(join(bench.app, 'src/secret.ts'), 0o000);
  await asNobody(join(bench.root, 'steps'), async () => {
    await expect(createScratch(bench.app, scratch, bench.root)).rejects.toMatchObject(UNREADABLE);
    expect(() => createSources(bench.app).text('app/src/secret.ts')).toThrow(UNREADABLE.message);
    await expect(surveyApp(bench.root)).rejects.toMatchObject(UNREADABLE);
  });
  expect(await readdir(scratch)).toEqual([]);
});

/** Node itself takes no mark in a package.json, and no editor writes one there. */
function asOnWindows(path: string, bytes: Buffer): Buffer {
  if (bytes.includes(0)) return bytes;
  const text = bytes.toString('utf8').replaceAll('\n', '\r\n');
  return Buffer.from(path.endsWith('.json') ? text : `\ufeff${text}`);
}

const UNREADABLE = {
  code: 'FILE_UNREADABLE',
  message:
    'app/src/secret.ts was to be read, and the system refuses: its permissions do not let you read it.',
  remedy: 'Make it readable again (`chmod u+rX app/src/secret.ts`), then save or run the command again.',
};
const HERE = resolve(import.meta.dirname, '..', '..');
