import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { visitPages } from '../../clinic/warm-up/pages.ts';
import { askQueries } from '../../clinic/warm-up/queries.ts';
import { startWarmUp } from '../../clinic/warm-up.ts';

const sockets = () => process.getActiveResourcesInfo().filter((kind) => /TCP|Pipe.*Wrap/.test(kind)).length;

test('its pages are answered and its queries have rows, to the end', async () => {
  const never = new AbortController().signal;
  await visitPages(never);
  await askQueries(never);
});

test('it ends at any moment, and no port and no connection is left', async () => {
  const before = sockets();
  for (const turns of [0, 1, 2, 5, 10, 20, 50, 100]) {
    const warmUp = startWarmUp();
    for (let i = 0; i < turns; i += 1) await turn();
    await warmUp.end();
  }
  for (let i = 0; i < 1_000 && sockets() > before; i += 1) await turn();
  // Fewer, when one of the test before was still closing.
  expect(sockets()).toBeLessThanOrEqual(before);
});
