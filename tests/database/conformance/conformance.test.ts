import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { EXPECTED_DIFFERENCES } from './expected-differences.ts';
import { limits } from './limits.ts';
import { openPlace, type OpenedPlace } from './place.ts';
import { sessions } from './sessions.ts';
import { statements } from './statements.ts';
import { transactions } from './transactions.ts';
import { values } from './values.ts';

const CHECKS = [...transactions, ...statements, ...sessions, ...limits, ...values];
const hasServer = (process.env['TEST_DATABASE_URL'] ?? '') !== '';
if (!hasServer)
  console.warn(
    'SKIPPED: conformance of a server of one’s own. Set TEST_DATABASE_URL to a superuser’s URL to run it.',
  );

describe.each(['native', 'embedded', 'server'] as const)('PostgreSQL, the %s one', (kind) => {
  const run = kind === 'server' && !hasServer ? it.skip : it;
  let opened: OpenedPlace;
  beforeAll(async () => {
    if (kind !== 'server' || hasServer) opened = await openPlace(kind);
  });
  afterEach(() => opened?.place.tidy());
  afterAll(() => opened?.close());

  for (const check of CHECKS) {
    const difference = kind === 'embedded' ? EXPECTED_DIFFERENCES[check.title] : undefined;
    run(difference === undefined ? check.title : `differs as expected: ${check.title}`, async () => {
      expect(await check.run(opened.place)).toEqual(
        difference === undefined ? check.expected : difference.observed,
      );
    });
  }
});

it('asks at least 47 things, each once, and expects no difference of a thing that is not asked', () => {
  const titles = CHECKS.map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
  expect(titles.length).toBeGreaterThanOrEqual(47);
  for (const [title, { observed }] of Object.entries(EXPECTED_DIFFERENCES)) {
    const check = CHECKS.find((one) => one.title === title);
    expect(check, title).toBeDefined();
    expect(check?.expected).not.toEqual(observed);
  }
});
