import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { inLearnersPaths, placeInText } from '../../clinic/place.ts';

describe('a folder with blanks and letters beyond ASCII', () => {
  test('is known in the stack of an error that was really thrown there', async () => {
    const directory = await realpath(await mkdtemp(join(tmpdir(), 'zweite Meinung é-')));
    onTestFinished(() => rm(directory, { recursive: true }));
    const file = join(directory, 'broken.mjs');
    await writeFile(file, "\n\nthrow new Error('broken');\n");
    const thrown: unknown = await import(pathToFileURL(file).href).catch((error: unknown) => error);
    const stack = thrown instanceof Error ? (thrown.stack ?? '') : '';
    expect(placeInText(stack, directory)).toMatchObject({ file: 'app/broken.mjs', line: 3 });
    expect(inLearnersPaths(stack, directory)).toContain('app/broken.mjs:3');
  });
});

test('a URL with the letter of a drive is one place, drive and all', () => {
  const shown = inLearnersPaths('at file:///srv/app/src/x.ts:3:4', '/srv/app');
  expect(shown).toBe('at app/src/x.ts:3:4');
  // Elsewhere than on Windows the letter is a folder like any other.
  expect(placeInText('at file:///C:/srv/app/src/x.ts:3:4', '/C:/srv/app')).toEqual({
    file: 'app/src/x.ts',
    line: 3,
    column: 4,
  });
});
