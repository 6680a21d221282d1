import { expect, test } from 'vitest';
import { createVerdicts } from '../../docs/components/verdict/kept-verdicts.ts';
import type { VerdictView } from '../../docs/components/verdict/verdict-view.ts';
import { untouchedStep } from '../../model/step-progress.ts';
import { openGuide, words } from './guide-fixture.ts';
import { INJECTION } from './sample-findings.ts';
import { recordRun } from './sample-runs.ts';
import { sampleSteps } from './sample-steps.ts';

test('a state of a step is drawn once, and anew when anything of it is another', () => {
  const draw = createVerdicts();
  const [first, second] = sampleSteps();
  if (first === undefined || second === undefined) throw new Error('two steps are needed');
  const view: VerdictView = {
    step: first,
    progress: untouchedStep(first.slug),
    watched: first,
    token: 'a token',
  };
  const box = draw(view);
  expect(draw({ ...view })).toBe(box);
  expect(draw({ ...view, watched: second }).markup).not.toBe(box.markup);
  expect(draw({ ...view, progress: { ...view.progress } })).not.toBe(box);
  expect(draw(view).markup).toBe(box.markup);
});

test('each run is shown, whatever was shown before', async () => {
  const { ask, workshop } = await openGuide();
  const headline = async () => {
    const { page } = await ask('/steps/sql-injection/verdict');
    return words(page.querySelector('.verdict-headline'));
  };
  expect(await headline()).toBe('No verdict yet');
  recordRun(workshop, '1', { quotes: [INJECTION] });
  expect(await headline()).toMatch(/^Failed/);
  expect(await headline()).toMatch(/^Failed/);
  recordRun(workshop, '2', {});
  expect(await headline()).toMatch(/^Passed/);
});
