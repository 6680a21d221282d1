import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { afterWaking } from '../../clinic/waking-time.ts';

test('what came while a process slept is heard before its patience is over', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end('said');
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;

  const order: string[] = [];
  const over = new Promise<void>((resolve) =>
    afterWaking(300, () => {
      order.push('over');
      resolve();
    }),
  );
  const patience = setInterval(() => undefined, 1_000);
  const heard = once(createConnection(port, '127.0.0.1'), 'data').then(() => order.push('heard'));
  asleep(1_000);
  await Promise.all([over, heard]);
  clearInterval(patience);
  expect(order).toEqual(['heard', 'over']);
});

test('it is called off', async () => {
  let called = false;
  afterWaking(1, () => (called = true))();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(called).toBe(false);
});

/** The whole of this process stands still. */
function asleep(milliseconds: number): void {
  execFileSync(process.execPath, ['-e', `setTimeout(() => undefined, ${milliseconds})`]);
}
