import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readKnownPackages } from '../../harness/packages/known.ts';
import { lockFaults } from '../../harness/packages/lock-faults.ts';
import { makeLock } from '../../harness/packages/make-lock.ts';
import type { Sources } from '../../harness/sources.ts';
import { applyPatch, parsePatch } from '../../store/patches.ts';
import { surveyApp, treeOf } from '../../store/workspace/file-tree.ts';
import { publishedAs } from './published-packages.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const STEP = join(ROOT, 'steps', '02-dependency-versions');
const known = readKnownPackages();

describe('the lock that is made without a network', () => {
  const patches = [
    'solution.patch',
    ...readdirSync(join(STEP, 'alternatives')).map((file) => `alternatives/${file}`),
  ];

  test.each(patches)('is the one that npm wrote: %s', async (file) => {
    const shipped = treeOf(await surveyApp(ROOT));
    const tree = applyPatch(shipped, parsePatch(readFileSync(join(STEP, file), 'utf8'), file));
    const texts = Object.fromEntries([...tree].map(([path, bytes]) => [path, bytes.toString('utf8')]));
    const made = makeLock(only(texts), known);
    expect(packagesOf(made.text)).toEqual(packagesOf(texts[made.file] ?? ''));
  });

  const versions = Object.keys(known.packages).filter((id) => /^(express|pg|tsx)@/.test(id));
  test.each(versions)('fits its manifest: %s', (id) => {
    const [name = '', version = ''] = id.split('@');
    const dependencies = { express: '^5.2.1', pg: '^8.0.0', [name]: version };
    const files = manifest({
      dependencies,
      devDependencies: { '@types/express': '*', '@types/node': '22.x' },
    });
    const { file, text } = makeLock(only(files), known);
    expect(lockFaults(only({ ...files, [file]: text }), known)).toEqual({ file, faults: [] });
  });

  test('is the same, byte for byte, whatever the order of the manifest and however often it is made', () => {
    const [first, second] = [
      { pg: '^8', express: '4.x' },
      { express: '4.x', pg: '^8' },
    ].map((dependencies) => makeLock(only(manifest({ dependencies })), known).text);
    expect(first).toBe(second);
    const again = {
      ...manifest({ dependencies: { pg: '^8', express: '4.x' } }),
      'app/package-lock.json': first ?? '',
    };
    expect(makeLock(only(again), known).text).toBe(first);
  });

  test('keeps what npm noted of a licence, and of no entry that was changed by hand', () => {
    const [id = ''] = Object.keys(known.packages).filter((one) => one.startsWith('helmet@'));
    const integrity = known.packages[id]?.integrity ?? '';
    const noted = (hash: string) =>
      makeLock(
        only({
          ...manifest({ dependencies: { helmet: '*' } }),
          'app/package-lock.json': JSON.stringify({
            lockfileVersion: 3,
            packages: {
              '': {},
              'node_modules/helmet': {
                version: id.split('@')[1],
                integrity: hash,
                license: 'MIT',
                resolved: 'https://example.org/',
              },
            },
          }),
        }),
        known,
      ).text;
    expect(noted(integrity)).toContain('"license": "MIT"');
    expect(noted('sha512-AAAA')).not.toContain('license');
    expect(noted(integrity)).not.toContain('example.org');
  });

  test('stands in the shrinkwrap where there is one', () => {
    const files = {
      ...manifest({ dependencies: { zod: '4' } }),
      'app/npm-shrinkwrap.json': '{"lockfileVersion":3,"packages":{"":{}}}',
    };
    expect(makeLock(only(files), known).file).toBe('app/npm-shrinkwrap.json');
  });
});

describe('each package', () => {
  const folders = (dependencies: Ranges, table: ReturnType<typeof publishedAs>, rest: object = {}) => {
    const lock = packagesOf(makeLock(only(manifest({ dependencies, ...rest })), table).text);
    return Object.entries(lock).flatMap(([folder, entry]) =>
      folder === ''
        ? []
        : [`${folder.replaceAll('node_modules/', '')} ${(entry as { version: string }).version}`],
    );
  };

  test('stands as far up as it fits, in the newest version of its range', () => {
    const table = publishedAs({
      'a@1.0.0': { c: '^1' },
      'b@1.0.0': { c: '^2' },
      'b@1.1.0': { c: '^2' },
      'c@1.0.0': {},
      'c@1.9.0': {},
      'c@2.0.0': {},
    });
    expect(folders({ a: '1', b: '1' }, table)).toEqual(['a 1.0.0', 'b 1.1.0', 'b/c 2.0.0', 'c 1.9.0']);
    expect(folders({ a: '1', b: '1.0.0', c: '2' }, table)).toEqual([
      'a 1.0.0',
      'a/c 1.9.0',
      'b 1.0.0',
      'c 2.0.0',
    ]);
  });

  test('never hides from a neighbour what that one finds further up', () => {
    const table = publishedAs({
      'a@1.0.0': { b: '1', d: '1' },
      'b@1.0.0': { c: '1' },
      'b@2.0.0': {},
      'c@1.0.0': {},
      'c@2.0.0': {},
      'd@1.0.0': { c: '2' },
      'd@2.0.0': {},
    });
    // b and d stand inside a; d's own c may not stand beside b, which would find that one first.
    expect(folders({ a: '1', b: '2', c: '1', d: '2' }, table)).toEqual([
      'a 1.0.0',
      'a/b 1.0.0',
      'a/d 1.0.0',
      'a/d/c 2.0.0',
      'b 2.0.0',
      'c 1.0.0',
      'd 2.0.0',
    ]);
  });

  test('that is a peer stands beside who asks for it, and is no need of its own when it is optional', () => {
    const table = publishedAs({ 'a@1.0.0': {}, 'p@1.0.0': {}, 'o@1.0.0': {} });
    const withPeers = {
      ...table,
      packages: {
        ...table.packages,
        'a@1.0.0': {
          integrity: 'sha512-a',
          bytes: 1,
          peerDependencies: { p: '1', o: '1' },
          peerDependenciesMeta: { o: { optional: true } },
        },
      },
    };
    expect(folders({ a: '1' }, withPeers)).toEqual(['a 1.0.0', 'p 1.0.0']);
  });

  test('goes by the version that an override forces, and by its own name behind an alias', () => {
    const table = publishedAs({ 'a@1.0.0': { c: '^1' }, 'c@1.0.0': {}, 'c@2.0.0': {} });
    expect(folders({ a: '1' }, table, { overrides: { c: '2.0.0' } })).toEqual(['a 1.0.0', 'c 2.0.0']);
    expect(folders({ a: '1', c: '2' }, table, { overrides: { c: '$c' } })).toEqual(['a 1.0.0', 'c 2.0.0']);
    expect(
      packagesOf(makeLock(only(manifest({ dependencies: { x: 'npm:c@^1' } })), table).text),
    ).toMatchObject({
      'node_modules/x': { name: 'c', version: '1.0.0' },
    });
  });

  test('is taken from what is not deprecated, when there is a choice', () => {
    const table = publishedAs({ 'c@1.0.0': {}, 'c@1.1.0': {} });
    const newest = { integrity: 'sha512-c', bytes: 1, deprecated: true as const };
    const deprecated = { ...table, packages: { ...table.packages, 'c@1.1.0': newest } };
    expect(folders({ c: '1' }, deprecated)).toEqual(['c 1.0.0']);
    expect(folders({ c: '1.1' }, deprecated)).toEqual(['c 1.1.0']);
  });

  test('is marked by what leads to it', () => {
    const table = publishedAs({
      'a@1.0.0': { s: '1' },
      'b@1.0.0': { s: '1', t: '1' },
      'o@1.0.0': { t: '1', u: '1' },
      's@1.0.0': {},
      't@1.0.0': {},
      'u@1.0.0': {},
    });
    const files = manifest({
      dependencies: { a: '1' },
      devDependencies: { b: '1' },
      optionalDependencies: { o: '1' },
    });
    const lock = packagesOf(makeLock(only(files), table).text);
    const marks = Object.entries(lock).map(([folder, entry]) => {
      const { dev, optional, devOptional } = entry as Record<string, boolean>;
      return [
        folder.slice(13),
        ...(dev ? ['dev'] : []),
        ...(optional ? ['optional'] : []),
        ...(devOptional ? ['devOptional'] : []),
      ].join(' ');
    });
    expect(marks.slice(1)).toEqual(['a', 'b dev', 'o optional', 's', 't devOptional', 'u optional']);
  });
});

describe('what has to be asked of the registry is said, with the command that asks', () => {
  const said = (rest: object) => {
    try {
      return makeLock(only(manifest(rest)), known).text;
    } catch (error) {
      return error instanceof Error
        ? [error.message, (error as { remedy?: string }).remedy].join('\n> ')
        : '';
    }
  };

  test('a package, a version, a tag and a place that the workshop does not know', () => {
    const dependencies = { express: '^6.0.0', leftpad: '^1.0.0', pg: 'next', zod: 'github:colinhacks/zod' };
    expect(said({ dependencies })).toMatchInlineSnapshot(`
      "No lock was written: without a network there is no telling what it would have to hold.
        "express": "^6.0.0": the workshop knows 5.3.0, 5.2.1, 5.1.0, 5.0.1, 4.22.3, 4.21.2, 4.20.0, 4.19.2 and older ones, none of them in this range.
        "leftpad": "^1.0.0": the workshop does not know this package.
        "pg": "next" is a tag and no version: only the registry knows what it means today.
        "zod": "github:colinhacks/zod" is no published version.
      The workshop knows versions that were published by 2026-11-22.
      > With a network: cd app && npm install --package-lock-only; without one, ask for versions that the workshop knows."
    `);
  });

  test('what is rarely used', () => {
    expect(said({ dependencies: { pg: '8' }, overrides: { express: { qs: '6' } } })).toContain(
      'only npm works that out',
    );
    expect(said({ dependencies: { pg: '8' }, overrides: { 'qs@^6': '6' } })).toContain(
      'only npm works that out',
    );
    expect(said({ workspaces: ['a'] })).toContain('only npm works that out');
    expect(said({ bundleDependencies: ['pg'] })).toContain('only npm works that out');
  });

  test('an override that contradicts the manifest, which npm refuses', () => {
    expect(said({ dependencies: { pg: '8' }, overrides: { pg: '7' } })).toMatchInlineSnapshot(`
      "The override of pg is "7", and the manifest itself asks for "8". npm refuses that, and nothing was written.
      > Make both the same in app/package.json, or write "$pg" as the override."
    `);
  });

  test('a manifest that cannot be read', () => {
    expect(() => makeLock(only({ 'app/package.json': '{' }), known)).toThrow(/cannot be read/);
    expect(() => makeLock(only({}), known)).toThrow(/no such file/);
  });
});

describe('a lock that does not fit', () => {
  const files = manifest({ dependencies: { express: '^5.2.1' } });
  const { text } = makeLock(only(files), known);
  const faults = (lock: string, rest = files) =>
    lockFaults(only({ ...rest, 'app/package-lock.json': lock }), known).faults;

  test.each([
    [
      'of another manifest',
      manifest({ dependencies: { express: '^4' } }),
      text,
      'the manifest says ^4, the lock ^5.2.1',
    ],
    ['with a hole', files, text.replace('node_modules/qs"', 'node_modules/sq"'), 'qs ^6'],
    ['with a wrong hash', files, text.replace(/sha512-\w{8}/, 'sha512-AAAAAAAA'), 'sha512-AAAAAAAA'],
    ['that is none', files, '{', 'cannot be used as a lock'],
  ])('%s is told what is wrong', (_, rest, lock, expected) => {
    expect(faults(lock, rest).join('\n')).toContain(expected);
  });
});

type Ranges = Readonly<Record<string, string>>;

function manifest(rest: object): Record<string, string> {
  return { 'app/package.json': JSON.stringify({ name: 'clinic-desk', version: '1.4.2', ...rest }) };
}

function packagesOf(lock: string): Record<string, object> {
  return (JSON.parse(lock) as { packages: Record<string, object> }).packages;
}

const only = (files: Readonly<Record<string, string>>): Sources => ({
  paths: Object.keys(files),
  text: (path) => files[path] ?? null,
});
