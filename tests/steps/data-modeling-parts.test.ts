import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEngine, type Engine } from '../../database/engine.ts';
import type { Step } from '../../model/step.ts';
import { createJudge, type Judge } from '../../runner/judge.ts';
import { loadCatalogue } from '../../store/catalogue.ts';
import { openWorkspace } from '../../store/workspace/workspace.ts';
import { createPrivateHome, type PrivateHome } from '../database/private-home.ts';
import { mended, type Part, PARTS } from './data-modeling-parts.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');
/** Every part alone, then as the guide lists them, then all but one. `ALL_PARTS=1` tries the 32 there are. */
const SETS: readonly (readonly Part[])[] =
  process.env['ALL_PARTS'] === undefined
    ? [
        ...PARTS.map((part) => [part]),
        ...[2, 3, 4, 5].map((count) => PARTS.slice(0, count)),
        PARTS.filter((part) => part !== 'facility'),
      ]
    : Array.from({ length: 32 }, (_, bits) => PARTS.filter((_part, index) => (bits >> index) % 2 === 1));

let place: PrivateHome;
let engine: Engine;
let judge: Judge;
let step: Step;
let shipped: ReadonlyMap<string, Buffer>;
let folder = '';

beforeAll(async () => {
  place = await createPrivateHome();
  engine = await startEngine({ home: place.home, force: 'native' });
  judge = createJudge({ root: ROOT, database: { address: { ...engine.address } } });
  const found = (await loadCatalogue(ROOT)).find(({ slug }) => slug === 'data-modeling');
  if (found === undefined) throw new Error('there is no step data-modeling');
  step = found;
  shipped = await (await openWorkspace({ root: ROOT })).baseline();
  folder = await mkdtemp(join(tmpdir(), 'so-parts-'));
}, 60_000);

afterAll(async () => {
  await judge.close();
  await engine.close();
  await place.dispose();
  await rm(folder, { recursive: true, force: true });
});

test.each(SETS.map((parts) => [parts.join(', ') || 'nothing', parts] as const))(
  'with %s mended, these parts are green, the others red, and the clinic works',
  async (_names, parts) => {
    const done = new Set(parts);
    const app = await written(mended(done, shipped.get('app/src/models.ts')?.toString('utf8') ?? ''));
    const { checks } = await judge.run({
      run: parts.join('+'),
      step,
      app,
      seed: 11,
      signal: new AbortController().signal,
    });
    const findings = checks.flatMap((check) => ('findings' in check ? check.findings : []));
    const colours = Object.fromEntries(checks.map(({ id, outcome }) => [id, outcome]));
    const expected = Object.fromEntries(
      step.checks.map(({ id, part }) => [id, isDone(part, done) ? 'passed' : 'failed']),
    );
    expect(colours, JSON.stringify(findings, null, 1).slice(0, 4_000)).toEqual(expected);
  },
  60_000,
);

/** Checks of the clinic as a whole pass at each of the parts. `step.json` writes them with a capital. */
function isDone(title: string | undefined, done: ReadonlySet<Part>): boolean {
  const part = PARTS.find((name) => name === title?.toLowerCase());
  return part === undefined || done.has(part);
}

async function written(changes: Readonly<Record<string, string>>): Promise<string> {
  await rm(join(folder, 'app'), { recursive: true, force: true });
  const files = new Map<string, string | Buffer>([...shipped, ...Object.entries(changes)]);
  for (const [path, content] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return join(folder, 'app');
}
