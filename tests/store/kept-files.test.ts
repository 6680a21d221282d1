import { readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFileKeeper } from '../../store/kept-files.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function keeping(name = 'text.md') {
  const file = join(await temporaryFolder(), name);
  const keep = createFileKeeper();
  let made = 0;
  const read = () =>
    keep([file], async () => {
      made += 1;
      return readFile(file, 'utf8').catch(() => 'gone');
    });
  return { file, read, made: () => made };
}

test('a file that was just written is read each time: a second write could leave the same times', async () => {
  const { file, read } = await keeping();
  for (const text of ['one', 'two', 'six']) {
    await writeFile(file, text);
    expect(await read()).toBe(text);
  }
});

test('a file that comes and goes is seen', async () => {
  const { file, read, made } = await keeping();
  expect(await read()).toBe('gone');
  expect(await read()).toBe('gone');
  expect(made()).toBe(1);
  await writeFile(file, 'here');
  expect(await read()).toBe('here');
  await rm(file);
  expect(await read()).toBe('gone');
});

test('a file with an old time of change, put there a moment ago, is read again', async () => {
  const { file, read } = await keeping();
  const old = new Date(2026, 0, 1);
  for (const text of ['one', 'two']) {
    await writeFile(file, text);
    await utimes(file, old, old);
    expect(await read()).toBe(text);
  }
});

test('what rests is made once, also for two who ask together', async () => {
  // A file of this project: nobody has written it within the last seconds.
  const file = join(import.meta.dirname, 'temporary-folder.ts');
  const keep = createFileKeeper();
  let made = 0;
  const read = () => keep([file], () => Promise.resolve((made += 1)));
  expect(await Promise.all([read(), read()])).toEqual([1, 1]);
  expect(await read()).toBe(1);
});

test('what failed is made again', async () => {
  const file = join(import.meta.dirname, 'temporary-folder.ts');
  const keep = createFileKeeper();
  await expect(keep([file], () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await keep([file], () => Promise.resolve('yes'))).toBe('yes');
});
