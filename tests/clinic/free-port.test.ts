import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePort } from '../../clinic/free-port.ts';

test('a free port can be listened on, and is none of those that the system hands out by itself', async () => {
  for (let time = 0; time < 20; time += 1) {
    const port = await freePort();
    expect(port).toBeGreaterThan(1_024);
    expect(port).toBeLessThan(32_768);
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    await new Promise((resolve) => server.close(resolve));
  }
});
