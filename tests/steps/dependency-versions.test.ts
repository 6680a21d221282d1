import { describe, expect, test } from 'vitest';
import {
  added,
  type Answer,
  bundled,
  each,
  hashOf,
  judged,
  leftOut,
  resolvedAt,
  rootAsking,
  SHIPPED,
} from './dependency-answers.ts';

/** Written after the judge was frozen, and judged as it stood; what it got wrong is marked with what was mended. */
describe('an odd answer that is right is accepted:', () => {
  test.each<[string, Answer]>([
    ['an alias of the very package', { dependencies: { express: 'npm:express@^5.2.1', pg: '8' } }],
    ['ranges in other spellings', { dependencies: { express: '>=5.2.1 <6.0.0-0', pg: '8.11 - 8.23' } }],
    ['a version with an equals sign and a v', { dependencies: { express: '=5.3.0', pg: 'v8.23.1' } }],
    ['two majors to choose from', { dependencies: { express: '^4.22.3 || ^5.2.1', pg: '8.x' } }],
    [
      'the runner of npm start among the dependencies',
      {
        dependencies: { express: '5', pg: '8', tsx: '^4.23.15' },
        devDependencies: { typescript: '^6', '@types/node': '20' },
      },
    ],
    [
      'no types but those of Node.js',
      { devDependencies: { tsx: '^4', typescript: '^6', '@types/node': '^20' } },
    ],
    [
      'addresses of npm’s own registry in the lock',
      { lock: resolvedAt((name, file) => `https://registry.npmjs.org/${name}/-/${file}`) },
    ],
    [
      'addresses of a mirror of one’s own in the lock',
      {
        lock: resolvedAt(
          (name, file) =>
            `https://mirror.clinic.example/api/npm/all/${encodeURIComponent(name)}/-/${file}?from=cache`,
        ),
      },
    ],
    [
      'two hashes for a package',
      {
        lock: each(
          (entry) => ({
            ...entry,
            integrity: `sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk= ${String(entry['integrity'])}`,
          }),
          'node_modules/pg',
        ),
      },
    ],
    [
      'a lock that lacks other platforms’ optional packages',
      { lock: leftOut((folder) => folder.includes('@esbuild/') && !folder.includes('linux')) },
    ],
    [
      'a package that brings others inside of itself',
      {
        dependencies: { express: '5', pg: '8', zod: '4' },
        lock: bundled,
        files: { 'app/src/a.ts': "export { z } from 'zod';\n" },
      },
    ],
    [
      'an override inside of a package',
      { overrides: { express: { qs: '^6.14.0' } }, lockedAs: { overrides: undefined } },
    ],
    [
      'a require of one’s own name',
      {
        dependencies: { express: '5', pg: '8', zod: '4' },
        files: {
          'app/src/a.ts':
            "import { createRequire } from 'node:module';\nconst load = createRequire(import.meta.url);\nconst { z } = load('zod');\nexport const name = z.string();\n",
        },
      },
    ],
    [
      'a require that is called at once',
      {
        dependencies: { express: '5', pg: '8', zod: '4' },
        files: {
          'app/src/a.ts':
            "import module from 'node:module';\nexport const { z } = module.createRequire(import.meta.url)('zod');\n",
        },
      },
    ],
    [
      'a package whose types alone are used',
      {
        devDependencies: { ...SHIPPED.devDependencies, kysely: '^0.29' },
        files: {
          'app/src/a.ts': "import type { Kysely } from 'kysely';\nexport type Database = Kysely<unknown>;\n",
        },
      },
    ],
    [
      'a tool that the manifest itself configures',
      { devDependencies: { ...SHIPPED.devDependencies, prettier: '3' }, prettier: { semi: false } },
    ],
    [
      'a tool that a hook runs',
      {
        devDependencies: { ...SHIPPED.devDependencies, prettier: '3' },
        files: { 'app/.husky/pre-commit': 'npx prettier --check src\n' },
      },
    ],
    ['a file that begins with a mark, and ends lines as Windows does', { fromWindows: true }],
  ])('%s', async (_, answer) => expect(await judged(answer)).toEqual([]));
});

describe('a cheat is refused by its rule:', () => {
  test.each<[string, string, Answer]>([
    [
      'the hash of another version',
      'versions/integrity-wrong',
      { lock: each((entry) => ({ ...entry, integrity: hashOf('express@4.16.0') }), 'node_modules/express') },
    ],
    [
      'a version that nobody knows with a hash that is known',
      'versions/integrity-wrong',
      {
        lock: each(
          (entry) => ({ ...entry, version: '5.9.7', integrity: hashOf('express@4.16.0') }),
          'node_modules/express',
        ),
      },
    ],
    [
      'the old version in a lock that says it is for the new manifest',
      'versions/lock-mismatch',
      {
        lock: each(
          (entry) => ({ ...entry, version: '4.16.0', integrity: hashOf('express@4.16.0') }),
          'node_modules/express',
        ),
      },
    ],
    [
      'the old version under another package’s name',
      'versions/lock-mismatch',
      {
        dependencies: { express: '4.16.0', pg: '8' },
        lock: each((entry) => ({ ...entry, name: 'clean-express' }), 'node_modules/express'),
      },
    ],
    [
      'entries that say they came inside of another',
      'versions/integrity-shape',
      { lock: each(({ integrity: _, ...entry }) => ({ ...entry, inBundle: true })) },
    ],
    [
      'what was removed stays in the lock',
      'versions/lock-leftover',
      { lock: added('node_modules/mathjs', { version: '14.0.0', integrity: `sha512-${'A'.repeat(86)}==` }) },
    ],
    [
      'an address of another package',
      'versions/lock-source',
      {
        lock: each(
          (entry) => ({ ...entry, resolved: 'https://registry.npmjs.org/pg/-/pg-8.23.1.tgz' }),
          'node_modules/express',
        ),
      },
    ],
    [
      'an address on this disk',
      'versions/lock-source',
      {
        lock: each((entry) => ({ ...entry, resolved: 'file:../express-5.3.0.tgz' }), 'node_modules/express'),
      },
    ],
    [
      'a link to a folder',
      'versions/lock-source',
      {
        lock: each(
          () => ({ resolved: 'vendor/express', link: true, version: '5.3.0' }),
          'node_modules/express',
        ),
      },
    ],
    [
      'a folder in the manifest',
      'versions/not-from-registry',
      { dependencies: { express: 'file:./vendor/express', pg: '8' }, lockedAs: { dependencies: {} } },
    ],
    ['the unneeded, made optional', 'versions/unused', { optionalDependencies: { sharp: '^0.35.0' } }],
    [
      'the unneeded, as a peer that need not be there',
      'versions/unused',
      { peerDependencies: { sharp: '^0.35.0' }, peerDependenciesMeta: { sharp: { optional: true } } },
    ],
    [
      'an alias of a vulnerable version',
      'versions/advisory',
      { dependencies: { express: 'npm:express@4.17.3', pg: '8' } },
    ],
    [
      'an override that forces a vulnerable version',
      'versions/advisory',
      { dependencies: { express: '4.x', pg: '8' }, overrides: { qs: '6.5.2' } },
    ],
    [
      'a use that is only a comment',
      'versions/unused',
      {
        dependencies: { express: '5', pg: '8', helmet: '8' },
        files: {
          'app/src/a.ts':
            "// import helmet from 'helmet';\n/* require('helmet') */\nexport const a = `import('helmet')`;\n",
        },
      },
    ],
    [
      'a use that is a comment in a Dockerfile',
      'versions/unused',
      {
        dependencies: { express: '5', pg: '8', helmet: '8' },
        files: { 'app/Dockerfile': '# helmet is great\nFROM node:24-slim\n' },
      },
    ],
    [
      'a use that is thrown away',
      'versions/unused',
      {
        dependencies: { express: '5', pg: '8', helmet: '8' },
        files: {
          'app/src/a.ts':
            "import helmet from 'helmet';\nvoid helmet;\nexport const b = { helmet: 1 }.helmet;\n",
        },
      },
    ],
    [
      'what pg brings, asked for behind its back',
      'versions/undeclared',
      { files: { 'app/src/a.ts': "import { types } from 'pg-types';\nexport const parsers = types;\n" } },
    ],
    [
      'the wrong version for the running clinic, and the right one for development',
      'versions/lock-mismatch',
      {
        dependencies: { express: '5', pg: '8' },
        devDependencies: { ...SHIPPED.devDependencies, express: '4.16.0' },
        lockedAs: { devDependencies: SHIPPED.devDependencies },
        lock: rootAsking({ ...SHIPPED.devDependencies, express: '4.16.0' }),
      },
    ],
    [
      'needs taken out of an entry',
      'versions/lock-edited',
      { lock: each(({ dependencies: _, ...entry }) => entry, 'node_modules/pg') },
    ],
    [
      'a whole tree for development',
      'versions/lock-edited',
      { lock: each((entry) => ({ ...entry, dev: true })) },
    ],
    [
      'an end that is a thousand versions away',
      'versions/open-range',
      { dependencies: { express: '5', pg: '8 - 999' } },
    ],
  ])('%s', async (_, rule, answer) => expect(await judged(answer)).toContain(rule));
});
