import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { major, minVersion, satisfies } from 'semver';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { CLINIC_PORT, GUIDE_PORT } from '../../scripts/usual-ports.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const WORKFLOWS = join(ROOT, '.github', 'workflows');

const stepSchema = z.strictObject({
  name: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  env: z.record(z.string(), z.string()).optional(),
});
const jobSchema = z.strictObject({
  name: z.string().optional(),
  needs: z.string().optional(),
  'runs-on': z.string(),
  'timeout-minutes': z.number().max(60),
  strategy: z
    .strictObject({
      'fail-fast': z.boolean(),
      matrix: z.record(z.string(), z.array(z.union([z.string(), z.number()]))),
    })
    .optional(),
  services: z.record(z.string(), z.looseObject({ image: z.string() })).optional(),
  steps: z.array(stepSchema).min(1),
});
const workflowSchema = z.strictObject({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions: z.strictObject({ contents: z.literal('read') }),
  concurrency: z.strictObject({ group: z.string(), 'cancel-in-progress': z.literal(true) }),
  defaults: z.strictObject({ run: z.strictObject({ shell: z.literal('bash') }) }),
  jobs: z.record(z.string(), jobSchema),
});
const manifestSchema = z.object({
  scripts: z.record(z.string(), z.string()),
  engines: z.object({ node: z.string() }),
});

const manifest = manifestSchema.parse(JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')));
/** An image of the workshop holds what it runs on, and not where else it is tried. */
const isCheckout = existsSync(WORKFLOWS);
const files = (isCheckout ? await readdir(WORKFLOWS) : []).filter((name) => /\.ya?ml$/.test(name));
const workflows = await Promise.all(
  files.map(async (file) => ({ file, text: await readFile(join(WORKFLOWS, file), 'utf8') })),
);

test.runIf(isCheckout)('there is a workflow', () => expect(files).not.toEqual([]));

describe.each(workflows)('$file', ({ text }) => {
  const workflow = workflowSchema.parse(parse(text));
  const jobs = Object.entries(workflow.jobs);
  const steps = jobs.flatMap(([, job]) => job.steps);

  test('names commands that package.json has', () => {
    const named = steps.flatMap(({ run }) => [
      ...(run ?? '').matchAll(/npm (?:run )?(?:--silent )?([a-z:]+)/g),
    ]);
    const words = new Set(named.map(([, word = '']) => word));
    for (const word of words) if (word !== 'ci') expect(Object.keys(manifest.scripts)).toContain(word);
    expect([...words]).toEqual(expect.arrayContaining(['ci', 'start', 'test', 'check', 'author', 'doctor']));
  });

  test('takes actions of GitHub alone, at a major version', () => {
    for (const { uses } of steps) if (uses !== undefined) expect(uses).toMatch(/^actions\/[a-z-]+@v\d+$/);
  });

  test('needs jobs that are there, and hands no token to what it checks out', () => {
    for (const [, { needs }] of jobs)
      if (needs !== undefined) expect(Object.keys(workflow.jobs)).toContain(needs);
    for (const step of steps.filter(({ uses }) => uses?.startsWith('actions/checkout@') === true))
      expect(step.with).toEqual({ 'persist-credentials': false });
  });

  test('knows its matrix', () => {
    const used = [...text.matchAll(/matrix\.(\w+)/g)].map(([, name = '']) => name);
    const known = jobs.flatMap(([, { strategy }]) => Object.keys(strategy?.matrix ?? {}));
    expect(new Set(used)).toEqual(new Set(known));
  });

  test('runs on three systems, and on every line of Node that package.json promises', () => {
    const matrix = workflow.jobs['everywhere']?.strategy?.matrix ?? {};
    expect(matrix['os']).toEqual(['ubuntu-latest', 'macos-latest', 'windows-latest']);
    const lines = manifest.engines.node.split('||').map((range) => major(minVersion(range) ?? '0.0.0'));
    expect(matrix['node']).toEqual(lines);
  });
});

describe('the dev container', async () => {
  const container = z
    .object({
      features: z.record(z.string(), z.object({ version: z.string() })),
      postCreateCommand: z.literal('npm ci'),
      forwardPorts: z.array(z.number()),
      portsAttributes: z.record(z.string(), z.object({ label: z.string() })),
    })
    .parse(JSON.parse(await readFile(join(ROOT, '.devcontainer', 'devcontainer.json'), 'utf8')));

  test('forwards guide and clinic, each with a name', () => {
    expect(container.forwardPorts).toEqual([GUIDE_PORT, CLINIC_PORT]);
    expect(Object.keys(container.portsAttributes)).toEqual([String(GUIDE_PORT), String(CLINIC_PORT)]);
  });

  test('has a Node that will do', () => {
    const { version } =
      Object.entries(container.features).find(([name]) => name.includes('/node:'))?.[1] ?? {};
    expect(satisfies(`${version}.99.0`, manifest.engines.node)).toBe(true);
  });
});
