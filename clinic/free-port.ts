import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * A loopback port that is free now. It is below those that a system hands out by itself (Linux from 32768 on, others from
 * 49152), so that nobody who takes any port takes this one in the moment before it is needed.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const port = await tried(randomInt(FIRST, LAST)).catch(() => null);
    if (port !== null) return port;
  }
  return tried(0);
}

function tried(wished: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(wished, '127.0.0.1', () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

const FIRST = 15_000;
const LAST = 32_000;
const MOST_ATTEMPTS = 20;
