import { writeSync } from 'node:fs';
import { createLock } from '../../store/lock.ts';

/** Takes the lock, says so, and never gives it back. */
const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('usage: hold-lock-program LOCK');
const lock = await createLock(path, { patienceMs: 1000 });
await lock.hold(async () => {
  writeSync(1, 'held\n');
  await new Promise((resolve) => setTimeout(resolve, 2 ** 31 - 1));
});
