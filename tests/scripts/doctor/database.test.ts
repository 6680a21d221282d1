import { createServer } from 'node:net';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { examineEmbedded, examineNative, examineServer } from '../../../scripts/doctor/database.ts';
import { examineAll } from '../../../scripts/doctor/examine-all.ts';
import { examined, surroundings } from './surroundings.ts';

const url = process.env['TEST_DATABASE_URL'];

describe('a server of one’s own', () => {
  test('is not needed', async () => {
    expect(await examined(examineServer, await surroundings())).toMatchObject({ state: 'ok' });
  });

  test('is passed over, or not known, by the word of SECOND_OPINION_DATABASE', async () => {
    const on = async (word: string) =>
      examined(examineServer, await surroundings({}, { environment: { SECOND_OPINION_DATABASE: word } }));
    expect(await on('embedded')).toEqual({
      state: 'ok',
      says: 'passed over: SECOND_OPINION_DATABASE is embedded',
    });
    expect(await on('mysql')).toMatchObject({
      state: 'broken',
      remedy: expect.stringContaining('native, embedded'),
    });
    expect((await on('server')).state).toBe('broken');
  });

  test.runIf(url !== undefined)('answers', async () => {
    const seen = await surroundings({}, { environment: { DATABASE_URL: url } });
    expect(await examined(examineServer, seen)).toMatchObject({
      state: 'ok',
      says: expect.stringMatching(/^\d+\.\d+ at /),
    });
  });

  test('is not there, and its password is not shown', async () => {
    const environment = { DATABASE_URL: 'postgres://grace:top-secret@127.0.0.1:9/postgres' };
    const lines = await examineAll([examineServer], await surroundings({}, { environment }), PATIENCE_MS);
    expect(lines[0]?.diagnosis).toEqual({
      state: 'broken',
      says: 'DATABASE_URL names 127.0.0.1 port 9, where nothing answers',
      remedy: 'Start that server, or unset DATABASE_URL to use the PostgreSQL that comes with the workshop.',
    });
  });

  test.runIf(url !== undefined)(
    'refuses a password, which is not shown, and neither is the user',
    async () => {
      const wrong = new URL(url ?? '');
      wrong.password = 'a-wrong-password';
      const environment = { DATABASE_URL: wrong.href };
      const [line] = await examineAll([examineServer], await surroundings({}, { environment }), PATIENCE_MS);
      expect(line?.diagnosis.state).toBe('broken');
      expect(JSON.stringify(line)).not.toMatch(/a-wrong-password|\\"postgres\\"/);
      expect(line?.diagnosis.says).toContain('the password was refused');
    },
  );

  test('takes the call and never answers: the doctor does not wait', async () => {
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const environment = { DATABASE_URL: `postgres://u:p@127.0.0.1:${port}/postgres` };
    const [line] = await examineAll([examineServer], await surroundings({}, { environment }), 300);
    expect(line).toMatchObject({
      late: true,
      diagnosis: { state: 'warning', says: 'gave no answer within 0.3 s' },
    });
  });
});

describe('the PostgreSQL from npm', () => {
  test('starts', async () => {
    expect(await examined(examineNative, await surroundings())).toMatchObject({
      state: 'ok',
      says: expect.stringMatching(/^18\.\d+ starts here$/),
    });
  });

  test('has no folder to live in', async () => {
    const seen = await surroundings();
    await mkdir(join(seen.root, '.workshop'));
    await writeFile(join(seen.root, '.workshop', 'engine'), 'a file in its place');
    expect((await examined(examineNative, seen)).state).not.toBe('ok');
  });
});

test('the embedded one is there or is said to be missing', async () => {
  expect((await examined(examineEmbedded, await surroundings())).says).toMatch(/^(present|not installed)/);
});

/** A computer that runs tests is busier than one whose owner asks the doctor. */
const PATIENCE_MS = 50_000;
