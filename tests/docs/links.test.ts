import { expect, test } from 'vitest';
import { openGuide } from './guide-fixture.ts';
import { INJECTION } from './sample-findings.ts';
import { recordRun } from './sample-runs.ts';

test('every link, form, asset and anchor of every page leads somewhere', async () => {
  const { ask, guide, workshop } = await openGuide();
  recordRun(workshop, '1');
  recordRun(workshop, '2', { quotes: [INJECTION] });
  recordRun(workshop, '3');
  const broken: string[] = [];
  const seen = new Set(['/']);
  const ids = new Map<string, ReadonlySet<string>>();
  const anchors: { from: string; path: string; id: string }[] = [];

  for (const path of seen) {
    const { status, page, headers } = await ask(path);
    if (status !== 200) broken.push(`${path}: ${status}`);
    if (!headers['content-type']?.startsWith('text/html')) continue;
    ids.set(path, new Set(page.querySelectorAll('[id]').map((element) => element.id)));
    const addresses = page
      .querySelectorAll('[href], [src], [data-live]')
      .map(
        (element) =>
          element.getAttribute('href') ??
          element.getAttribute('src') ??
          element.getAttribute('data-live') ??
          '',
      );
    for (const address of addresses) {
      const url = new URL(address, `${guide.url}${path}`);
      if (url.origin !== guide.url) continue;
      seen.add(url.pathname + url.search);
      if (url.hash !== '')
        anchors.push({
          from: path,
          path: url.pathname + url.search,
          id: decodeURIComponent(url.hash.slice(1)),
        });
    }
  }
  const nowhere = anchors.filter(({ path, id }) => ids.get(path)?.has(id) !== true);
  expect(broken).toEqual([]);
  expect(nowhere).toEqual([]);
  expect(seen.size).toBeGreaterThan(25);
});

test('no page has an id twice', async () => {
  const { ask, workshop } = await openGuide();
  for (const _hint of [1, 2, 3, 4]) await workshop.source.actions.revealHint('sql-injection');
  for (const path of ['/', '/steps/sql-injection', '/steps/sql-injection/discussion', '/nothing']) {
    const found = (await ask(path)).page.querySelectorAll('[id]').map((element) => element.id);
    expect(
      found.filter((id, index) => found.indexOf(id) !== index),
      path,
    ).toEqual([]);
  }
});
