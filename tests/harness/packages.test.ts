import semver from 'semver';
import { expect, test } from 'vitest';
import { readAdvisories } from '../../harness/packages/advisories.ts';
import { packageImports } from '../../harness/packages/imports.ts';
import { readLock, resolveFrom } from '../../harness/packages/lock.ts';
import { osvAdvisories } from '../../harness/packages/osv.ts';
import { faultOfRange } from '../../harness/packages/ranges.ts';
import { parseSource } from '../../harness/source/parse.ts';
import type { Sources } from '../../harness/sources.ts';

test.each([
  ['1.2.3', null],
  ['^4.16.0', null],
  ['~5.2', null],
  ['4.x', null],
  ['>=8.11 <9', null],
  ['^4.0.0 || ^5.0.0', null],
  ['npm:pg@^8.0.0', null],
  ['*', 'open-range'],
  ['', 'open-range'],
  ['>=8', 'open-range'],
  ['>=8 <1000', 'open-range'],
  ['npm:pg@*', 'open-range'],
  ['npm:pg', 'open-range'],
  ['latest', 'dist-tag'],
  ['github:expressjs/express', 'not-from-registry'],
  ['expressjs/express', 'not-from-registry'],
  ['file:../express', 'not-from-registry'],
  ['git+ssh://git@example.org/a.git', 'not-from-registry'],
  ['https://example.org/a.tgz', 'not-from-registry'],
])('the range "%s" is found to be %s', (range, fault) => expect(faultOfRange(range)).toBe(fault));

test.each([
  ["import pg from 'pg'; new pg.Pool();", ['pg value']],
  ["import pg from 'pg'; void pg;", ['pg idle']],
  ["import { a } from '@scope/name/deep.js'; a();", ['@scope/name value']],
  ["import type { Request } from 'express'; let r: Request;", ['express type']],
  ["import 'dotenv/config';", ['dotenv value']],
  ["const { a } = require('lib');", ['lib value']],
  ["const a = await import('lib');", ['lib value']],
  ["await import('lib');", ['lib idle']],
  ["export { a } from 'lib';", ['lib value']],
  ["import fs from 'fs'; import a from './a.ts'; import b from '#b'; import c from 'node:test';", []],
  ["// import x from 'lib'\nconst text = \"import x from 'lib'\";", []],
])('%s', (code, expected) => {
  const found = packageImports(parseSource('app/src/a.ts', code)).map(({ name, how }) => `${name} ${how}`);
  expect(found).toEqual(expected);
});

test('a package is found where Node would find it', () => {
  const packages = {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/a/node_modules/c': { version: '1.0.0' },
    'node_modules/c': { version: '2.0.0' },
  };
  const lock = readLock(only({ 'app/package-lock.json': JSON.stringify({ lockfileVersion: 3, packages }) }));
  if ('fault' in lock) throw new Error(lock.fault.message);
  expect(resolveFrom(lock, 'node_modules/a', 'c')).toBe('node_modules/a/node_modules/c');
  expect(resolveFrom(lock, 'node_modules/a/node_modules/c', 'a')).toBe('node_modules/a');
  expect(resolveFrom(lock, '', 'c')).toBe('node_modules/c');
  expect(resolveFrom(lock, 'node_modules/a', 'd')).toBeNull();
});

test.each([
  [{}, 'versions/no-lock'],
  [{ 'app/yarn.lock': '' }, 'versions/foreign-lock'],
  [{ 'app/package-lock.json': '{' }, 'versions/lock-unreadable'],
  [{ 'app/package-lock.json': '{"lockfileVersion":1,"dependencies":{}}' }, 'versions/lock-unreadable'],
])('a lock that cannot be used is refused: %o', (files, rule) => {
  const lock = readLock(only(files));
  expect('fault' in lock ? lock.fault.ruleId : 'read').toBe(rule);
});

test.each([
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'Yarn'],
  ['bun.lock', 'Bun'],
  ['bun.lockb', 'Bun'],
])('%s is told apart from no lock at all, with what this repository uses', (file, tool) => {
  const lock = readLock(only({ 'app/package.json': '{}', [`app/${file}`]: 'lockfileVersion: 9' }));
  expect('fault' in lock ? lock.fault.message : '').toBe(
    `app/${file} is a lock of ${tool}, and this repository uses npm.`,
  );
  const beside = only({
    [`app/${file}`]: '',
    'app/package-lock.json': '{"lockfileVersion":3,"packages":{"":{}}}',
  });
  expect(readLock(beside)).toMatchObject({ file: 'app/package-lock.json' });
});

test('an advisory of OSV becomes a range that ends, or is left out', () => {
  const record = (events: object[]) => ({
    id: 'GHSA-test',
    affected: [{ package: { ecosystem: 'npm', name: 'qs' }, ranges: [{ type: 'SEMVER', events }] }],
  });
  const read = (events: object[]) => osvAdvisories(record(events), new Set(['qs']));
  expect(
    read([{ introduced: '0' }, { fixed: '1.2.0' }, { introduced: '2.0.0' }, { last_affected: '2.1.0' }]),
  ).toMatchObject({ advisories: [{ range: '<1.2.0 || >=2.0.0 <=2.1.0', fixed: '1.2.0' }], endless: [] });
  expect(read([{ introduced: '0' }])).toEqual({ advisories: [], withdrawn: [], endless: ['GHSA-test'] });
});

test('the shipped list of advisories never refuses a version that nobody has seen', () => {
  expect(
    readAdvisories()
      .advisories.map(({ range }) => range)
      .filter((range) => semver.intersects(range, '>=9999.0.0')),
  ).toEqual([]);
});

const only = (files: Readonly<Record<string, string>>): Sources => ({
  paths: Object.keys(files),
  text: (path) => files[path] ?? null,
});
