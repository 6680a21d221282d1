/**
 * For the container alone: `relay.ts 14000:4000` hands what arrives at 14000 on any address to 4000 on loopback. Every
 * server of the workshop listens on loopback, and a published port never arrives there.
 */
import { connect, createServer } from 'node:net';

for (const pair of process.argv.slice(2)) {
  const [from, to] = pair.split(':').map(Number);
  if (from === undefined || to === undefined || !Number.isInteger(from) || !Number.isInteger(to))
    throw new Error(`expected FROM:TO, two ports, and found "${pair}"`);
  relay(from, to);
}

function relay(from: number, to: number): void {
  const server = createServer((outside) => {
    const inside = connect(to, '127.0.0.1');
    outside.pipe(inside).pipe(outside);
    outside.once('error', () => inside.destroy());
    inside.once('error', () => outside.destroy());
  });
  server.listen(from);
}
