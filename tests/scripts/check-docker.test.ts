import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { standInDocker, type StandInDocker } from '../harness/layers/stand-in-docker.ts';
import { startCli } from './started.ts';
import { copyWorkshop, type WorkshopCopy } from './workshop-copy.ts';

let workshop: WorkshopCopy;
beforeAll(async () => {
  workshop = await copyWorkshop({}, 'shipped');
  await cp(join(import.meta.dirname, '..', '..', 'steps'), join(workshop.root, 'steps'), { recursive: true });
});
afterAll(() => workshop.remove());

let engine: StandInDocker;
beforeEach(async () => void (engine = await standInDocker()));
afterEach(() => engine.remove());

const check = (...words: string[]) =>
  startCli(workshop.root, ['check', ...words, '--docker'], {
    PATH: `${engine.folder}:${process.env['PATH'] ?? ''}`,
  });

test('no Docker engine, with `--docker`: it says so and ends with 2', async () => {
  await engine.answers('version', { code: 1, says: 'Cannot connect to the Docker daemon' });
  for (const step of ['8', '10']) {
    const command = check(step);
    expect(await command.ended).toBe(2);
    expect(command.printed()).toContain('No Docker engine answered within three seconds.');
    expect(command.printed()).toContain('without `--docker`');
  }
});

test('a step that has no image is not for Docker', async () => {
  const command = check('7');
  expect(await command.ended).toBe(2);
  expect(command.printed()).toContain('--docker is for the steps 8 and 10.');
});

test.skipIf(process.platform === 'win32')(
  'Ctrl+C during `--docker` ends it with 130, and leaves no image and no file',
  async () => {
    await engine.answers('version', { code: 0, says: '26.1.5' });
    await engine.answers('build', 'nothing');
    const command = check('8');
    await command.said(/building app\/Dockerfile/);
    command.kill('SIGINT');
    expect(await command.ended).toBe(130);
    expect(command.printed()).toContain('Stopped.');
    expect((await engine.calls()).at(-1)).toMatch(/^image rm -f second-opinion:docker-/);
    expect(await readdir(join(workshop.root, '.workshop', 'scratch'))).toEqual([]);
  },
);

test.skipIf(process.platform === 'win32')('a build that fails, fails both steps', async () => {
  await engine.answers('version', { code: 0, says: '26.1.5' });
  await engine.answers('build', { code: 1, says: 'ERROR: failed to solve: exit code: 1' });
  for (const step of ['8', '10']) {
    const command = check(step);
    expect(await command.ended).toBe(1);
    expect(command.printed()).toContain('Failed  built and tried with Docker 26.1.5.');
    expect(command.printed()).toContain('image/does-not-build');
  }
});
