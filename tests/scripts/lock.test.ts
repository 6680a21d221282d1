import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SAMPLE_FILES } from './sample-steps.ts';
import { copyWorkshop, type WorkshopCopy } from './workshop-copy.ts';

let workshop: WorkshopCopy;
beforeAll(async () => void (workshop = await copyWorkshop(SAMPLE_FILES, 'shipped')));
afterAll(() => workshop.remove());

const read = (path: string) => readFile(join(workshop.root, path), 'utf8');

test('the lock of a manifest is made without a network, checked, and taken back', async () => {
  const [shipped, manifest] = [await read('app/package-lock.json'), await read('app/package.json')];

  const refused = await workshop.cli('lock');
  expect(refused.code).toBe(2);
  expect(refused.err).toContain('"mathjs": "latest" is a tag and no version');
  expect(refused.err).toContain('cd app && npm install --package-lock-only');
  expect(await read('app/package-lock.json')).toBe(shipped);

  const wanted = JSON.parse(manifest) as object;
  await workshop.write(
    'app/package.json',
    JSON.stringify({ ...wanted, dependencies: { express: '4.x', pg: '^8.0.0' } }, null, 2),
  );
  const unfit = await workshop.cli('lock', '--check');
  expect(unfit.code).toBe(1);
  expect(unfit.out).toContain('dependencies express: the manifest says 4.x, the lock 4.16.0.');
  expect(await read('app/package-lock.json')).toBe(shipped);

  const made = await workshop.cli('lock');
  expect(made.code).toBe(0);
  expect(made.out.replace(/\(\d{4}-[^)]*\)/, '(BACKUP)')).toMatchInlineSnapshot(`
    "Wrote app/package-lock.json for app/package.json: 127 packages, of versions published by 2026-11-22.
      @types/express ^5.0.6 → 5.0.6
      @types/node ^20.19.43 → 20.19.43
      @types/pg ^8.23.1 → 8.23.1
      express 4.x → 4.22.3
      pg ^8.0.0 → 8.23.1
      tsx ^4.23.15 → 4.23.15
      typescript ^6.0.3 → 6.0.3
    No network was asked, and nothing was installed.
    The lock as it was is kept (BACKUP); npm run undo brings it back.
    The verdict: npm run check 2
    "
  `);
  expect(await workshop.cli('lock', '--check')).toMatchObject({ code: 0, err: '' });

  const again = await workshop.cli('lock');
  expect(again.out).toContain('nothing was changed');
  expect((await workshop.cli('undo')).out).toContain('app/package-lock.json');
  expect(await read('app/package-lock.json')).toBe(shipped);
});
