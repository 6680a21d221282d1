import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockFaults } from '../../harness/packages/lock-faults.ts';
import { readLock, resolveFrom } from '../../harness/packages/lock.ts';
import type { Sources } from '../../harness/sources.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

test('our own lock fits our own manifest, and names the packages of every platform', () => {
  const sources = ofOurs(read('package-lock.json'));
  expect(lockFaults(sources, { date: '', packages: {} }).faults).toEqual([]);
  expect(absent(sources)).toEqual([]);
});

test('a lock that was made for one platform alone is told', () => {
  const some = read('package-lock.json').replace(
    '"node_modules/@rollup/rollup-win32-x64-msvc"',
    '"node_modules/other"',
  );
  expect(absent(ofOurs(some))).toEqual(['@rollup/rollup-win32-x64-msvc for node_modules/rollup']);
});

/** npm of Node 24 refuses to install from a lock that lacks what another computer would need. */
function absent(sources: Sources): string[] {
  const lock = readLock(sources);
  if ('fault' in lock) throw new Error(lock.fault.message);
  return [...lock.packages].flatMap(([folder, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).flatMap((name) =>
      resolveFrom(lock, folder, name) === null ? [`${name} for ${folder}`] : [],
    ),
  );
}

function ofOurs(lock: string): Sources {
  const files = new Map([
    ['app/package.json', read('package.json')],
    ['app/package-lock.json', lock],
  ]);
  return { paths: [...files.keys()], text: (path) => files.get(path) ?? null };
}
