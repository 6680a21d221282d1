import { expect, test } from 'vitest';
import { openGuide } from '../docs/guide-fixture.ts';
import { ask } from './running-workshop.ts';

const WAYS_OUT = [
  '../package.json',
  '..%2fpackage.json',
  '%2e%2e%2fpackage.json',
  '%252e%252e%252fpackage.json',
  '..\\package.json',
  '..%5cpackage.json',
  '....//package.json',
  '%00',
  'x%00.css',
  '%c0%ae%c0%ae/package.json',
  '%',
  '%zz',
  '//etc/passwd',
  'file:///etc/passwd',
  'a'.repeat(10_000),
  '%2e%2e%2f'.repeat(500),
  '__proto__',
  'constructor',
];

test.each(WAYS_OUT.map((way) => [way.slice(0, 40), way]))(
  '%s leads out of no page, asset or fragment',
  async (_, way) => {
    const { guide, ask: read } = await openGuide();
    const style = (await read('/')).page.querySelector('link[rel="stylesheet"]')?.getAttribute('href') ?? '';
    for (const before of [
      '/',
      '/assets/',
      style.replace('guide.css', ''),
      '/steps/',
      '/steps/sql-injection/',
      '/steps/sql-injection/xray/',
    ]) {
      const { status, body } = await ask(guide.url, `${before}${way}`);
      expect(status, before).toBeGreaterThanOrEqual(300);
      expect(status, before).toBeLessThan(500);
      expect(body, before).not.toMatch(/"second-opinion"|root:x:/);
    }
  },
);

test('an address that is longer than any of ours is refused, and the guide goes on', async () => {
  const { guide } = await openGuide();
  const long = await ask(guide.url, `/${'x'.repeat(100_000)}`).catch((error: unknown) => error);
  expect(long).toMatchObject(long instanceof Error ? { code: 'ECONNRESET' } : { status: 431 });
  expect((await ask(guide.url, '/')).status).toBe(200);
});
