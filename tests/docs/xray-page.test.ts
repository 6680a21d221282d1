import { describe, expect, test } from 'vitest';
import type { CheckResult } from '../../model/verdict.ts';
import { openGuide, words } from './guide-fixture.ts';
import { recordedSteps } from './xray-fixture.ts';
import { LIMITS, part } from './xray-samples.ts';

const SLUG = 'deep-nesting';
const PATH = `/steps/${SLUG}/xray`;
const PROBLEM = { code: 'NO_CLINIC', message: 'Nobody answers on port 1.', remedy: 'Start it.' };
const FLAT = { kind: 'outline' as const, functions: [part('flat', [0, 1])], limits: LIMITS };

describe('the X-ray of a step', async () => {
  const recordings = await recordedSteps();
  const steps = recordings.map(({ step }) => step);
  const xrays = Object.fromEntries(recordings.map(({ step, evidence }) => [step.slug, evidence]));

  /** The page's part after a run in which the check came to this. */
  async function after(result: CheckResult | null) {
    const open = await openGuide({ steps, xrays });
    if (result !== null) {
      const verdict = { outcome: 'errored', problem: PROBLEM } as const;
      open.workshop.record({ slug: SLUG, type: 'run.started', run: '1' });
      open.workshop.record({
        slug: SLUG,
        type: 'run.finished',
        run: '1',
        verdict,
        checks: [result],
        durationMs: 9,
      });
    }
    return open;
  }

  test('stands between the verdict and the guide, and is renewed when a run has finished', async () => {
    const { ask } = await after(null);
    const { page } = await ask(`/steps/${SLUG}`);
    const main = page.querySelector('main')?.innerHTML ?? '';
    const places = ['id="verdict"', 'class="xray-part"', 'aria-label="Guide"'].map((text) =>
      main.indexOf(text),
    );
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(Math.min(...places)).toBeGreaterThan(0);
    const live = page.querySelector('[data-live-on="run.finished"]');
    expect(live?.getAttribute('data-live')).toBe(PATH);
  });

  test('before the first run shows the clinic as shipped, and says how the other picture comes', async () => {
    const { ask } = await after(null);
    const { page } = await ask(PATH);
    expect(page.querySelectorAll('svg')).toHaveLength(1);
    expect(page.querySelector('[data-side="shipped"][checked]')).not.toBeNull();
    expect(words(page.querySelector('[data-side="shipped"] .xray-says'))).toContain('as it was shipped');
    expect(words(page.querySelector('.xray-nothing'))).toContain('No run of this step yet.');
  });

  test('after a run shows both, the learner’s first, each with its figure and its table', async () => {
    const { ask } = await after({ ...RESULT, outcome: 'passed', findings: [], evidence: [FLAT] });
    const { page } = await ask(PATH);
    expect(page.querySelectorAll('svg')).toHaveLength(2);
    expect(page.querySelector('[data-side="now"][checked]')).not.toBeNull();
    expect(page.querySelectorAll('.xray-figure').map(words)).toEqual([
      '6 levels deep, complexity 29',
      '1 level deep, complexity 1',
    ]);
    expect(page.querySelectorAll('.xray-table table')).toHaveLength(2);
    const ids = page.querySelectorAll('[id]').map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each<[string, CheckResult, string]>([
    [
      'another check failed before it',
      { id: 'nesting', outcome: 'blocked', by: 'form' },
      '“No function hides its decisions inside one another” was not reached, because “The form opens, and keeps what was entered” failed before it.',
    ],
    [
      'the judge could not run',
      { id: 'nesting', outcome: 'errored', problem: PROBLEM, durationMs: 1 },
      'this is not about your code: Nobody answers on port 1.',
    ],
    [
      'the file is gone',
      {
        ...({ id: 'nesting', durationMs: 1 } as const),
        outcome: 'failed',
        evidence: [],
        findings: [{ ruleId: 'a/b', level: 'error', message: 'There is <no> file.' }],
      },
      'because of this: There is <no> file.',
    ],
    ['it was never reached', { id: 'form', outcome: 'blocked', by: 'order' }, 'ended before'],
  ])('says plainly that there is nothing to draw when %s', async (_why, result, sentence) => {
    const { ask } = await after(result);
    const { page } = await ask(PATH);
    expect(page.querySelectorAll('svg')).toHaveLength(1);
    expect(
      words(page.querySelector('.xray-nothing')).replaceAll('&lt;', '<').replaceAll('&gt;', '>'),
    ).toContain(sentence);
  });

  test('is left out where a step names none, and shows only “now” where nothing was recorded', async () => {
    const [nesting] = steps.filter(({ slug }) => slug === SLUG);
    if (nesting === undefined) throw new Error(`${SLUG} is gone`);
    const { xray: _left, ...without } = nesting;
    const plain = await openGuide({ steps: [without] });
    expect((await plain.ask(`/steps/${SLUG}`)).page.querySelector('.xray-part')).toBeNull();
    expect((await plain.ask(PATH)).body.trim()).toBe('');

    const unrecorded = await openGuide({ steps: [nesting] });
    const { page } = await unrecorded.ask(PATH);
    expect(page.querySelectorAll('.xray-choice')).toHaveLength(1);
    expect(page.querySelectorAll('svg')).toHaveLength(0);
  });
});

const RESULT = { id: 'nesting', durationMs: 1 } as const;
