import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Evidence } from '../../model/evidence.ts';
import { KIND_OF_DRAWING } from '../../model/xray.ts';
import { loadCatalogue } from '../../store/catalogue.ts';
import { loadXray, saveXray } from '../../store/step-xray.ts';
import { refusal } from './refusal.ts';
import { temporaryFolder } from './temporary-folder.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const STEP = {
  slug: 'nesting',
  title: 'Nesting',
  summary: 'A function goes six levels deep.',
  minutes: 30,
  files: ['app/src/a.ts'],
  judged: true,
  checks: [{ id: 'depth', title: 'No function is deep' }],
  needs: 'nothing',
  xray: { drawing: 'nesting-mountain', check: 'depth' },
};

test('each of the ten steps has a recording, of the kind that its picture draws', async () => {
  const steps = await loadCatalogue(ROOT);
  expect(steps.length).toBeGreaterThanOrEqual(10);
  for (const step of steps) {
    const recorded = await loadXray(step);
    expect(recorded?.length, step.slug).toBeGreaterThan(0);
    const kinds = new Set(recorded?.map(({ kind }) => kind));
    expect([...kinds], step.slug).toEqual([KIND_OF_DRAWING[step.xray?.drawing ?? 'call-map']]);
  }
});

test('the ten steps draw ten pictures', async () => {
  const steps = await loadCatalogue(ROOT);
  expect(new Set(steps.map(({ xray }) => xray?.drawing)).size).toBe(Object.keys(KIND_OF_DRAWING).length);
});

test('what was saved is what is loaded, and a step without a recording has none', async () => {
  const step = await stepWith({});
  expect(await loadXray(step)).toBeNull();
  const evidence: Evidence[] = [{ kind: 'outline', functions: [], limits: { depth: 3, complexity: 12 } }];
  await saveXray(step, evidence);
  expect(await loadXray(step)).toEqual(evidence);
});

test('a recording of another kind is refused, with the command that records it anew', async () => {
  const other = '{"evidence":[{"kind":"comparison","expected":"a","observed":"b"}]}';
  const step = await stepWith({ 'steps/01-nesting/xray.json': other });
  expect(await refusal(() => loadXray(step))).toMatchInlineSnapshot(`
    "XRAY_INVALID
    steps/01-nesting/xray.json: expected evidence of the kind "outline", which nesting-mountain draws, found "comparison".
    > Record it anew: \`npm run author xray 1\`."
  `);
  const torn = await stepWith({ 'steps/01-nesting/xray.json': '{"evidence":[]}' });
  expect(await refusal(() => loadXray(torn))).toMatchInlineSnapshot(`
    "XRAY_INVALID
    steps/01-nesting/xray.json is not as it should be:
      evidence: expected at least 1 entry, found []
    > Record it anew: \`npm run author xray 1\`."
  `);
});

test('a step that names a check which it does not have is refused', async () => {
  const xray = { drawing: 'nesting-mountain', check: 'dept' };
  expect(await refusal(() => stepWith({}, { ...STEP, xray }))).toMatchInlineSnapshot(`
    "STEP_INVALID
    steps/01-nesting/step.json is not as it should be:
      xray.check: expected the id of a check (depth), found "dept"
    > Correct that file, then run \`npm run author verify\`."
  `);
  const unknown = { drawing: 'mountain', check: 'depth' };
  expect(await refusal(() => stepWith({}, { ...STEP, xray: unknown }))).toContain('"nesting-mountain"');
});

async function stepWith(files: Readonly<Record<string, string>>, json: unknown = STEP) {
  const root = await temporaryFolder({ 'steps/01-nesting/step.json': JSON.stringify(json), ...files });
  const [step] = await loadCatalogue(root);
  if (step === undefined) throw new Error('the step was to be there');
  return step;
}
