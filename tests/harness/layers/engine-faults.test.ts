import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { engineVersion } from '../../../harness/layers/engine/docker.ts';
import { buildForReal } from '../../../harness/layers/engine/real-build.ts';
import { tryContainer } from '../../../harness/layers/engine/real-container.ts';
import { standInDocker, type StandInDocker } from './stand-in-docker.ts';

const TAG = 'second-opinion:docker-abc';
const ANSWERS = { code: 0, says: '26.1.5' };
const IMAGE_REMOVED = `image rm -f ${TAG}`;
const CONTAINER_REMOVED = 'rm -f -v second-opinion-docker-abc';

let engine: StandInDocker;
let scratch: string;
beforeEach(async () => {
  engine = await standInDocker();
  scratch = await mkdtemp(join(tmpdir(), 'second-opinion-scratch-'));
  vi.stubEnv('PATH', `${engine.folder}:${process.env['PATH'] ?? ''}`);
  await engine.answers('version', ANSWERS);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await engine.remove();
  await rm(scratch, { recursive: true });
});

const build = (milliseconds = 30_000, signal?: AbortSignal) =>
  buildForReal(
    {
      folder: scratch,
      dockerfile: join(scratch, 'Dockerfile'),
      tag: TAG,
      buildArguments: {},
      secrets: new Map(),
      scratch,
    },
    { milliseconds, ...(signal === undefined ? {} : { signal }) },
  );

const start = (milliseconds = 30_000, signal = new AbortController().signal) =>
  tryContainer(TAG, { flags: [], command: [], files: [] }, { milliseconds, signal });

/** Aborts as soon as the client was asked for this. */
async function abortedAt(call: RegExp): Promise<AbortController> {
  const controller = new AbortController();
  void vi
    .waitUntil(async () => (await engine.calls()).some((each) => call.test(each)), 30_000)
    .then(() => {
      controller.abort();
    });
  return controller;
}

describe.skipIf(process.platform === 'win32')(
  'a Docker engine that hangs, vanishes or has a full disk, with `--docker`: one',
  () => {
    test('that takes a question and answers nothing is no engine', async () => {
      expect(await engineVersion()).toBe('26.1.5');
      await engine.answers('version', 'nothing');
      expect(await engineVersion()).toBeNull();
    });

    test('that says why a build fails is believed', async () => {
      await engine.answers('build', { code: 1, says: 'ERROR: failed to solve' });
      expect(await build()).toEqual({ built: false, output: 'ERROR: failed to solve\n', log: '' });
    });

    test('that is gone after a build failed says nothing about the Dockerfile', async () => {
      await engine.answers('build', { code: 1, says: 'ERROR: error reading from server: EOF' });
      await engine.answers('version', { code: 1, says: 'Cannot connect to the Docker daemon' });
      await expect(build()).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
    });

    test('that does not end a build is stopped, and its image removed', async () => {
      await engine.answers('build', 'nothing');
      await expect(build(500)).rejects.toMatchObject({ code: 'ENGINE_SILENT' });
      expect(await engine.calls()).toContain(IMAGE_REMOVED);
    });

    test('whose disk is full when the image is to be saved is at fault, and the image is removed', async () => {
      await engine.answers('save', { code: 1, says: 'no space left on device' });
      const failure = build();
      await expect(failure).rejects.toMatchObject({ code: 'ENGINE_FAILED' });
      await expect(failure).rejects.toThrow('no space left on device');
      expect(await engine.calls()).toContain(IMAGE_REMOVED);
    });

    test('keeps no image of a build that a person stops', async () => {
      await engine.answers('build', 'nothing');
      const { signal } = await abortedAt(/^build /);
      await expect(build(30_000, signal)).rejects.toMatchObject({ code: 'INTERRUPTED' });
      expect(await engine.calls()).toContain(IMAGE_REMOVED);
    });

    test('that does not say whether a container runs is not taken for one that ended', async () => {
      await engine.answers('inspect', 'nothing');
      await expect(start(500)).rejects.toMatchObject({ code: 'ENGINE_SILENT' });
      expect(await engine.calls()).toContain(CONTAINER_REMOVED);
    });

    test('keeps no container of a check that a person stops while it starts', async () => {
      await engine.answers('start', 'nothing');
      const { signal } = await abortedAt(/^start /);
      await expect(start(30_000, signal)).rejects.toMatchObject({ code: 'INTERRUPTED' });
      expect(await engine.calls()).toContain(CONTAINER_REMOVED);
    });

    test('that refuses to remove a container at first is asked again', async () => {
      await engine.answers('start', { code: 127, says: 'executable file not found' });
      await engine.answers('rm', { code: 1, says: 'cannot remove container: it is starting' }, { code: 0 });
      await start();
      expect((await engine.calls()).filter((call) => call === CONTAINER_REMOVED)).toHaveLength(2);
    });

    test('that removes nothing has it said, with the command that does', async () => {
      await engine.answers('save', { code: 1, says: 'no space left on device' });
      await engine.answers('image', { code: 1, says: 'device or resource busy' });
      await expect(build()).rejects.toMatchObject({
        code: 'LEFT_BEHIND',
        remedy: expect.stringContaining(`docker ${IMAGE_REMOVED}`) as string,
      });
    });

    test('that has the port taken by another program is at fault', async () => {
      await engine.answers('start', {
        code: 125,
        says: 'Bind for 127.0.0.1:8123 failed: port is already allocated',
      });
      await expect(start()).rejects.toMatchObject({ code: 'ENGINE_FAILED' });
      expect(await engine.calls()).toContain(CONTAINER_REMOVED);
    });

    test("that can't find the start command says so of the image", async () => {
      const says = 'exec: "nodex": executable file not found in $PATH';
      await engine.answers('start', { code: 127, says });
      expect(await start()).toEqual({ status: null, users: [], running: false, output: `${says}\n` });
      expect(await engine.calls()).toContain(CONTAINER_REMOVED);
    });

    test("that can't list processes lists nobody", async () => {
      await engine.answers('inspect', { code: 0, says: 'false' });
      await engine.answers('top', { code: 1, says: 'exec: "ps": executable file not found' });
      expect(await start()).toMatchObject({ users: [], running: false });
    });

    test('that does not answer who the processes are leaves it open', async () => {
      await engine.answers('inspect', { code: 0, says: 'false' });
      await engine.answers('top', 'nothing');
      await expect(start(500)).rejects.toMatchObject({ code: 'ENGINE_SILENT' });
      expect(await engine.calls()).toContain(CONTAINER_REMOVED);
    });
  },
);
