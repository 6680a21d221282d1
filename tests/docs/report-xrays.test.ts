import { describe, expect, test } from 'vitest';
import { drawXrays } from '../../docs/components/report/reported-xrays.ts';
import { createPictures } from '../../docs/components/xray/pictures.ts';
import { reportFile } from '../../docs/pages/report-file.ts';
import type { Report } from '../../model/report.ts';
import type { CheckResult } from '../../model/verdict.ts';
import { WorkshopError } from '../../model/workshop-error.ts';
import { renderJsonReport } from '../../scripts/report/json-report.ts';
import { renderMarkdownReport } from '../../scripts/report/markdown-report.ts';
import { type OpenGuide, openGuide, words } from './guide-fixture.ts';
import { sampleReport } from './sample-own-words.ts';
import { recordedSteps } from './xray-fixture.ts';
import { LIMITS, part } from './xray-samples.ts';

const SLUG = 'deep-nesting';
const TORN = new WorkshopError('XRAY_BROKEN', 'It is torn.', { remedy: 'Record it again.' });

describe('the X-rays of a report', async () => {
  const recordings = await recordedSteps();
  const steps = recordings.map(({ step }) => step);
  const xrays = Object.fromEntries(recordings.map(({ step, evidence }) => [step.slug, evidence]));

  test('stand there as shipped and now, and no id stands there twice', async () => {
    const open = await openGuide({ steps, xrays, report: report() });
    judged(open, passes('flat'));
    const { page } = await open.ask('/report');
    const stills = page.querySelectorAll('.reported .xray-still');
    expect(stills.map((still) => words(still.querySelector('figcaption')))).toEqual([
      'As shipped: 6 levels deep, complexity 29',
      'Now: 1 level deep, complexity 1',
    ]);
    expect(stills.map((still) => still.querySelectorAll('svg[role="img"] > title').length)).toEqual([1, 1]);
    const ids = page.querySelectorAll('[id]').map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('are left out where no run has been, and say why where one side is missing', async () => {
    const open = await openGuide({ steps, xrays, report: report() });
    expect((await open.ask('/report')).page.querySelector('.xray-figures')).toBeNull();
    judged(open, { id: 'nesting', outcome: 'errored', problem: TORN, durationMs: 1 });
    const { page } = await open.ask('/report');
    expect(page.querySelectorAll('.xray-still')).toHaveLength(1);
    expect(words(page.querySelector('.xray-nothing'))).toContain('this is not about your code: It is torn.');
  });

  test('take no report away when a recording can’t be read', async () => {
    const open = await openGuide({ steps, xrays: { [SLUG]: TORN }, report: report() });
    judged(open, passes('flat'));
    const { page } = await open.ask('/report');
    expect(words(page.querySelector('.reported [role="alert"]'))).toContain('Record it again.');
    expect(words(page.querySelector('.reported'))).toContain('What you said');
    const told = renderMarkdownReport(report(), await drawn(open));
    expect(told).toContain('### X-ray, before and now\n\n- Now: It is torn.');
  });

  test('are drawn in the file, and told in words in Markdown and to programs', async () => {
    const open = await openGuide({ steps, xrays, report: report() });
    judged(open, passes('flat'));
    const both = await drawn(open);
    const file = await reportFile(report(), both);
    expect(file.match(/<svg/g)).toHaveLength(2);
    expect(file).not.toMatch(/<script|<img|https?:\/\/(?!www\.w3\.org)/);
    expect(renderMarkdownReport(report(), both)).toMatch(
      /### X-ray, before and now\n\n- As shipped: 6 levels deep, complexity 29\. .+\n- Now: 1 level deep, complexity 1\. .+\n\n### What you changed/,
    );
    const { steps: told } = JSON.parse(renderJsonReport(report(), both)) as { steps: { xray: unknown }[] };
    expect(told.map(({ xray }) => xray)).toEqual([
      {
        shipped: { figure: '6 levels deep, complexity 29', says: expect.any(String) },
        now: { figure: '1 level deep, complexity 1', says: expect.any(String) },
        missing: null,
      },
      null,
    ]);
  });

  test('stay text in Markdown, whatever a clinic calls its functions', async () => {
    const open = await openGuide({ steps, xrays, report: report() });
    const name = '<b>`*[x](y)\u001b[2J';
    judged(open, passes(name));
    const told = renderMarkdownReport(report(), await drawn(open));
    expect(told).not.toContain('<b>`*[x]');
    expect(told).not.toContain('\u001b');
  });

  const drawn = ({ workshop: { source } }: OpenGuide) =>
    drawXrays(report(), {
      steps,
      progress: source.progress(),
      shippedXray: (step) => source.shippedXray(step),
      pictures: createPictures(),
    });
});

/** Of the step with the nesting, and of another one. */
function report(): Report {
  const sample = sampleReport('x');
  return {
    ...sample,
    steps: sample.steps.map((step, index) => (index === 0 ? { ...step, slug: SLUG } : step)),
  };
}

function judged({ workshop }: OpenGuide, check: CheckResult): void {
  workshop.record({ slug: SLUG, type: 'run.started', run: '1' });
  const verdict = { outcome: 'passed' as const, notes: [] };
  workshop.record({ slug: SLUG, type: 'run.finished', run: '1', verdict, checks: [check], durationMs: 9 });
}

function passes(name: string): CheckResult {
  const outline = { kind: 'outline' as const, functions: [part(name, [0, 1])], limits: LIMITS };
  return { id: 'nesting', outcome: 'passed', findings: [], evidence: [outline], durationMs: 1 };
}
