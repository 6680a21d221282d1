import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sweepSlots, takeSlot } from '../../clinic/scratch-slot.ts';

let home = '';
beforeEach(async () => void (home = await mkdtemp(join(tmpdir(), 'so-slots-'))));
afterEach(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));

it('gives the same name again once it is free, and never the same name twice', async () => {
  const taken = await Promise.all([takeSlot(home), takeSlot(home), takeSlot(home)]);
  expect(taken.map((folder) => folder.slice(home.length + 1)).sort()).toEqual(['1', '2', '3']);
  await rm(join(home, '2'), { recursive: true });
  expect(await takeSlot(home)).toBe(join(home, '2'));
});

it('sweeps what a killed process left, and nothing that somebody may still use', async () => {
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  const long = new Date(Date.now() - 1_000_000_000);
  const slots = [
    { name: 'mine', owner: JSON.stringify({ host: hostname(), pid: process.pid }), old: true },
    { name: 'killed', owner: JSON.stringify({ host: hostname(), pid: dead }), old: false },
    { name: 'container', owner: JSON.stringify({ host: 'another', pid: dead }), old: false },
    { name: 'container-of-old', owner: JSON.stringify({ host: 'another', pid: dead }), old: true },
    { name: 'unsigned', owner: null, old: false },
    { name: 'unsigned-for-long', owner: null, old: true },
    { name: 'torn', owner: '{"host":', old: true },
  ];
  for (const { name, owner, old } of slots) {
    await mkdir(join(home, name, 'app'), { recursive: true });
    if (owner !== null) await writeFile(join(home, name, 'owner'), owner);
    if (old) await utimes(join(home, name), long, long);
  }
  expect(await sweepSlots(home)).toBe(4);
  expect((await readdir(home)).sort()).toEqual(['container', 'mine', 'unsigned']);
  expect(await sweepSlots(join(home, 'nowhere'))).toBe(0);
});
