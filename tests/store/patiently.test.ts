import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { patiently, renamePatiently } from '../../store/patiently.ts';
import { temporaryFolder } from './temporary-folder.ts';

const refusing = (times: number, code: string) => {
  const tried: string[] = [];
  const attempt = async () => {
    tried.push(code);
    if (tried.length <= times) throw Object.assign(new Error(code), { code });
  };
  return { tried, attempt };
};

test('a file takes the place of another', async () => {
  const folder = await temporaryFolder({ new: 'new', old: 'old' });
  await renamePatiently(join(folder, 'new'), join(folder, 'old'));
  expect(await readFile(join(folder, 'old'), 'utf8')).toBe('new');
});

test('on Windows, one that a scanner has open is tried again', async () => {
  const { tried, attempt } = refusing(3, 'EPERM');
  await patiently(attempt, 'win32');
  expect(tried).toHaveLength(4);
});

test('elsewhere a refusal is one', async () => {
  const { tried, attempt } = refusing(1, 'EPERM');
  await expect(patiently(attempt, 'linux')).rejects.toThrow('EPERM');
  expect(tried).toHaveLength(1);
});

test('what no waiting changes is said at once', async () => {
  const { tried, attempt } = refusing(1, 'ENOENT');
  await expect(patiently(attempt, 'win32')).rejects.toThrow('ENOENT');
  expect(tried).toHaveLength(1);
});
