import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../model/report.ts';
import type { Step } from '../../model/step.ts';
import { type CheckResult, decideVerdict } from '../../model/verdict.ts';
import { chromiumPath, launchBrowser } from '../browser.ts';
import { axe } from './axe.ts';
import { visit } from './browser-visit.ts';
import { openGuide, type OpenGuide } from './guide-fixture.ts';
import { realTexts } from './real-texts.ts';
import { INJECTION, NOTE, OTHER_EVIDENCE } from './sample-findings.ts';
import { sampleReport } from './sample-own-words.ts';
import { recordedSteps } from './xray-fixture.ts';

/** Every page of the workshop as it is shipped, each looked at once, in one browser. */
describe.skipIf(chromiumPath() === null)('every page of the real workshop', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  test('is accessible before anything was done', { timeout: 240_000 }, async () => {
    const open = await openGuide(await realTexts());
    const steps = open.workshop.source.steps();
    const faults = await lookAt(browser, open, [...SITE, ...ASKED_FIRST, ...pathsOf(steps)]);
    expect(faults).toEqual([]);
  });

  test('is accessible in every state of a step', { timeout: 240_000 }, async () => {
    const texts = await realTexts();
    const recordings = (await recordedSteps()).map(({ step, evidence }) => [step.slug, evidence] as const);
    const report = reportOf(texts.steps ?? []);
    const open = await openGuide({ ...texts, report, xrays: Object.fromEntries(recordings) });
    const steps = open.workshop.source.steps();
    steps.forEach((step, index) => STATES[index % STATES.length]?.(open, step));
    const paths = steps.flatMap(({ slug }) => [`/steps/${slug}`, `/steps/${slug}/discussion`]);
    const passed = steps[1]?.slug ?? '';
    const work = ['/report', `/steps/${passed}/solution`, `/steps/${passed}/reset`];
    expect(await lookAt(browser, open, ['/', ...work, ...paths])).toEqual([]);
  });

  test('is accessible when something did not work', { timeout: 120_000 }, async () => {
    const open = await openGuide({ ...(await realTexts()), failure: new Error('the disk is full') });
    const { page } = await visit(browser, `${open.guide.url}/steps/sql-injection`);
    await submit(page, '/steps/sql-injection/check');
    await page.getByRole('heading', { name: 'That did not work' }).waitFor();
    const faults = await faultsOf(page, 'a button that failed');
    await page.goto(`${open.guide.url}/steps/sql-injection/discussion`);
    await submit(page, '/steps/sql-injection/answer');
    await page.getByRole('heading', { name: 'Your answer was not saved' }).waitFor();
    expect([...faults, ...(await faultsOf(page, 'an answer that failed'))]).toEqual([]);
  });

  test('is accessible as the server sends it, without its scripts', { timeout: 120_000 }, async () => {
    const open = await openGuide(await realTexts());
    const [first, second] = open.workshop.source.steps();
    if (first === undefined || second === undefined) throw new Error('no steps');
    run(open, first, '1', 'failed');
    run(open, second, '1', 'passed');
    const { page, context } = await visit(browser, open.guide.url, {}, /ERR_FAILED/);
    await context.route('**/*.js', (route) => route.abort());
    const faults: string[] = [];
    for (const path of ['/', '/keyboard', `/steps/${first.slug}`, `/steps/${second.slug}/discussion`]) {
      await page.goto(open.guide.url + path);
      faults.push(...(await faultsOf(page, path)));
    }
    expect(faults).toEqual([]);
  });
});

/** As a browser without JavaScript would: no script of the page hears of it. */
async function submit(page: Page, action: string): Promise<void> {
  await page.evaluate(`document.querySelector('form[action="${action}"]').submit()`);
}

/** What is wrong with each page: in light, in dark, at 320 pixels, and with text of twice the size. */
async function lookAt(browser: Browser, open: OpenGuide, paths: readonly string[]): Promise<string[]> {
  const { page } = await visit(browser, open.guide.url);
  const faults: string[] = [];
  for (const path of paths) {
    await page.goto(open.guide.url + path);
    faults.push(...(await faultsOf(page, path)));
  }
  return faults;
}

/** Of the page that is open. */
async function faultsOf(page: Page, name: string): Promise<string[]> {
  const faults: string[] = [];
  const note = (where: string, found: readonly string[]) =>
    faults.push(...found.map((fault) => `${name} ${where}: ${fault}`));
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.evaluate(
    `document.querySelectorAll('details:not([data-pane])').forEach((one) => (one.open = true))`,
  );
  note('in light', await axe(page));
  await page.emulateMedia({ colorScheme: 'dark' });
  note('in dark', await axe(page, ['color-contrast']));
  await page.evaluate(`document.documentElement.style.fontSize = '200%'`);
  note('with large text', await tooWide(page, 1280));
  await page.evaluate(`document.documentElement.style.fontSize = ''`);
  await page.setViewportSize({ width: 320, height: 640 });
  note('at 320 px', [...(await axe(page, NARROW)), ...(await tooWide(page, 320))]);
  return faults;
}

async function tooWide(page: Page, width: number): Promise<string[]> {
  const found = await page.evaluate('document.documentElement.scrollWidth');
  return found === width ? [] : [`${String(found)} pixels wide`];
}

function pathsOf(steps: readonly Step[]): string[] {
  return steps.flatMap(({ slug }) => [`/steps/${slug}`, `/steps/${slug}/discussion`, `/facilitator/${slug}`]);
}

/** What can change with the width of a window. */
const NARROW = [
  'target-size',
  'scrollable-region-focusable',
  'color-contrast',
  'page-has-heading-one',
  'region',
];
const SITE = ['/', '/facilitator', '/glossary', '/keyboard', '/search?q=the', '/report', '/nothing-here'];

const ASKED_FIRST = ['/steps/sql-injection/solution', '/steps/sql-injection/reset'];

/** Everything that can be told, of every step. */
function reportOf(steps: readonly Step[]): Report {
  const { steps: told, ...all } = sampleReport('x');
  return {
    ...all,
    steps: steps.flatMap(({ number, slug, title, summary }, index) => {
      const like = told[index % told.length];
      return like === undefined ? [] : [{ ...like, number, slug, title, summary }];
    }),
  };
}

type State = (open: OpenGuide, step: Step) => void;

const STATES: readonly State[] = [
  (open, step) => run(open, step, '1', 'failed'),
  (open, step) => {
    for (const hint of [1, 2, 3]) open.workshop.record({ slug: step.slug, type: 'hint.revealed', hint });
    run(open, step, '1', 'passed');
  },
  (open, step) => run(open, step, '1', 'errored'),
  (open, step) => {
    run(open, step, '1', 'passed');
    run(open, step, '2', 'failed');
  },
  (open, step) => {
    run(open, step, '1', 'failed');
    open.workshop.record({ slug: step.slug, type: 'run.started', run: '2' });
  },
];

function run(
  { workshop }: OpenGuide,
  step: Step,
  id: string,
  outcome: 'failed' | 'passed' | 'errored',
): void {
  const ids = step.checks.map((check) => check.id);
  const checks = ids.map((check, index): CheckResult => {
    if (outcome === 'errored') return { id: check, outcome, problem: PROBLEM, durationMs: 1 };
    if (outcome === 'passed') return { id: check, outcome, findings: [NOTE], evidence: [], durationMs: 2 };
    const finding = { ...INJECTION, evidence: index === 0 ? [...OTHER_EVIDENCE] : [] };
    return { id: check, outcome, findings: [finding], evidence: [], durationMs: 2 };
  });
  workshop.record({ slug: step.slug, type: 'run.started', run: id });
  const verdict = decideVerdict(ids, checks);
  workshop.record({ slug: step.slug, type: 'run.finished', run: id, verdict, checks, durationMs: 412 });
}

const PROBLEM = {
  code: 'DATABASE_UNREACHABLE',
  message: 'The judge should reach PostgreSQL on port 5432, and nobody answers there.',
  remedy: 'Run npm start again.',
};
