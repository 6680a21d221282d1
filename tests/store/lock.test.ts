import { spawn } from 'node:child_process';
import { readdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLock } from '../../store/lock.ts';
import { startOf } from '../../store/process-identity.ts';
import { startChild } from './child-program.ts';
import { refusal } from './refusal.ts';
import { temporaryFolder } from './temporary-folder.ts';

const holder = (pid: number, start: string, host = hostname()) =>
  JSON.stringify({ pid, start, host, token: 't' });

/** The number of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => child.once('exit', resolve));
  return child.pid ?? -1;
}

test('one works at a time, of one process and of two openers', async () => {
  const path = join(await temporaryFolder(), 'lock');
  const locks = [
    await createLock(path, { patienceMs: 50_000 }),
    await createLock(path, { patienceMs: 50_000 }),
  ];
  let inside = 0;
  const overlaps: number[] = [];
  const work = async (): Promise<void> => {
    overlaps.push(++inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside--;
  };
  await Promise.all(Array.from({ length: 20 }, () => locks.map((lock) => lock.hold(work))).flat());
  expect(overlaps).toEqual(Array.from({ length: 40 }, () => 1));
});

test('work that fails gives the lock back', async () => {
  const path = join(await temporaryFolder(), 'lock');
  const lock = await createLock(path, { patienceMs: 100 });
  await expect(lock.hold(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await lock.hold(async () => 'yes')).toBe('yes');
});

test('a lock of a living process is not broken, and who waits is told whose it is', async () => {
  const path = join(await temporaryFolder(), 'lock');
  const child = startChild('hold-lock-program.ts', path);
  await child.nextLine();
  const lock = await createLock(path, { patienceMs: 50 });
  const said = await refusal(() => lock.hold(async () => undefined));
  expect(said.replaceAll(path, 'LOCK').replaceAll(/process \d+/g, 'process PID')).toMatchInlineSnapshot(`
    "LOCKED
    LOCK is held by process PID, and it does not let go.
    > Wait until the other command has ended, or end process PID; then run yours again."
  `);
});

test('a lock of a dead process is broken at once, and a claim that died on it as well', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'lock');
  const dead = holder(await deadPid(), '1');
  await symlink(dead, path);
  await symlink(dead, `${path}.${createHash('sha256').update(dead).digest('hex').slice(0, 12)}`);
  // Without patience nobody waits: it is broken at once or not at all.
  const lock = await createLock(path, { patienceMs: 0 });
  expect(await lock.hold(async () => 'mine')).toBe('mine');
  expect(await readdir(folder)).toEqual([]);
});

test.runIf(process.platform === 'linux')(
  'a number that another process was given since does not hold it',
  async () => {
    const path = join(await temporaryFolder(), 'lock');
    await symlink(holder(process.pid, `${Number(await startOf(process.pid)) - 1}`), path);
    const lock = await createLock(path, { patienceMs: 0 });
    expect(await lock.hold(async () => 'mine')).toBe('mine');
  },
);

test('a lock of another computer, or one that is no lock, is broken only when it is old', async () => {
  for (const text of [holder(1, '1', 'elsewhere'), '']) {
    const path = join(await temporaryFolder(), 'lock');
    await writeFile(path, text);
    const lock = await createLock(path, { patienceMs: 20 });
    expect(await refusal(() => lock.hold(async () => 'mine'))).toMatch(/^LOCKED\n/);
    await utimes(path, new Date(0), new Date(0));
    expect(await lock.hold(async () => 'mine')).toBe('mine');
  }
});
