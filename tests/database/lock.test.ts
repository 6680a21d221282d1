import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withLock } from '../../database/engines/native/lock.ts';
import { identifyProcess, processState } from '../../database/process-identity.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'so-lock-'));
  file = path.join(folder, 'lock');
});
afterEach(() => rm(folder, { recursive: true }));

it('lets one in at a time and leaves no file', async () => {
  let inside = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++inside);
    await new Promise(setImmediate);
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 8 }, () => withLock(file, work)));
  expect(most).toBe(1);
  expect(await readdir(folder)).toEqual([]);
});

it('is given back when the work throws', async () => {
  await expect(withLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await withLock(file, async () => 'in')).toBe('in');
});

it('is taken from a dead holder and from an unreadable one, by one of many only', async () => {
  const dead = { ...(await identifyProcess()), started: 'another start of this number' };
  for (const text of [JSON.stringify(dead), '', '{"half']) {
    await writeFile(file, text);
    const seen: number[] = [];
    await Promise.all([1, 2, 3].map((who) => withLock(file, async () => void seen.push(who))));
    expect(seen.toSorted()).toEqual([1, 2, 3]);
  }
});

it('a process is known by more than its number', async () => {
  const mine = await identifyProcess();
  expect(await processState(mine)).toBe('alive');
  expect(await processState({ ...mine, pid: 2 ** 22 + 1 })).toBe('dead');
  expect(await processState({ ...mine, machine: 'another' })).toBe('unknown');
});
