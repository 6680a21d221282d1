import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { examineBrowser } from '../../../scripts/doctor/browser.ts';
import { examineDocker } from '../../../scripts/doctor/docker.ts';
import { examineEditor } from '../../../scripts/doctor/editor.ts';
import { examineGit } from '../../../scripts/doctor/git.ts';
import { examineNode } from '../../../scripts/doctor/node.ts';
import { examineNpm } from '../../../scripts/doctor/npm.ts';
import { examinePackages } from '../../../scripts/doctor/packages.ts';
import { examined, hasShell, pathWith, script, surroundings } from './surroundings.ts';

describe('Node.js', () => {
  const manifest = { 'package.json': '{"engines":{"node":"^20.19 || ^22.13 || >=24"}}' };

  test.each(['v20.19.0', 'v20.20.2', 'v22.13.0', 'v24.0.0', 'v26.1.0'])('%s will do', async (nodeVersion) => {
    expect(await examined(examineNode, await surroundings(manifest, { nodeVersion }))).toEqual({
      state: 'ok',
      says: nodeVersion,
    });
  });

  test.each(['v18.20.0', 'v20.18.3', 'v21.7.0', 'v22.12.0', 'v23.5.0'])(
    '%s will not',
    async (nodeVersion) => {
      expect(await examined(examineNode, await surroundings(manifest, { nodeVersion }))).toEqual({
        state: 'broken',
        says: `${nodeVersion}, and ^20.19 || ^22.13 || >=24 is needed`,
        remedy: 'Install Node.js 24 from https://nodejs.org, then run: npm ci',
      });
    },
  );
});

describe.runIf(hasShell)('npm', () => {
  test('that started us says its version itself', async () => {
    const environment = { npm_config_user_agent: 'npm/10.8.2 node/v20.20.2 linux x64' };
    expect(await examined(examineNpm, await surroundings({}, { environment }))).toEqual({
      state: 'ok',
      says: '10.8.2',
    });
  });

  test('on PATH is asked when nobody started us', async () => {
    const environment = await pathWith({ npm: script('echo 11.1.0') });
    expect(await examined(examineNpm, await surroundings({}, { environment }))).toEqual({
      state: 'ok',
      says: '11.1.0',
    });
  });

  test('of old cannot read the lock', async () => {
    const environment = await pathWith({ npm: script('echo 6.14.18') });
    expect(await examined(examineNpm, await surroundings({}, { environment }))).toMatchObject({
      state: 'broken',
      says: '6.14.18, and 7 or newer is needed to read package-lock.json',
    });
  });

  test('that is nowhere is said', async () => {
    const environment = await pathWith({});
    expect(await examined(examineNpm, await surroundings({}, { environment }))).toMatchObject({
      state: 'broken',
      says: 'not found on PATH',
    });
  });

  test('in the place of another manager is what the lock is for', async () => {
    const environment = { npm_config_user_agent: 'yarn/1.22.22 npm/? node/v20' };
    expect(await examined(examineNpm, await surroundings({}, { environment }))).toMatchObject({
      state: 'warning',
      remedy: 'npm ci',
    });
  });
});

describe('packages', () => {
  const lock = (versions: Readonly<Record<string, object>>) =>
    JSON.stringify({
      packages: Object.fromEntries(
        Object.entries(versions).map(([name, entry]) => [`node_modules/${name}`, entry]),
      ),
    });
  const WANTED = {
    pg: { version: '8.0.0' },
    eslint: { version: '10.0.0', dev: true },
    mac: { version: '1.0.0', optional: true },
  };

  test.each([
    [
      'all there, but those of other systems',
      { pg: { version: '8.0.0' }, eslint: { version: '10.0.0' } },
      'ok',
    ],
    ['those for development left out', { pg: { version: '8.0.0' } }, 'warning'],
    ['another version', { pg: { version: '7.0.0' }, eslint: { version: '10.0.0' } }, 'warning'],
    ['one is missing', { eslint: { version: '10.0.0' } }, 'broken'],
  ])('%s', async (_, installed, state) => {
    const seen = await surroundings({
      'package-lock.json': lock(WANTED),
      'node_modules/.package-lock.json': lock(installed),
    });
    expect(await examined(examinePackages, seen)).toMatchObject({ state });
  });

  test('not installed at all', async () => {
    const seen = await surroundings({ 'package-lock.json': lock(WANTED) });
    expect(await examined(examinePackages, seen)).toEqual({
      state: 'broken',
      says: 'node_modules is not what npm ci makes',
      remedy: 'npm ci',
    });
  });
});

describe('git', () => {
  test('in a repository', async () => {
    const seen = await surroundings();
    execFileSync('git', ['init', '--quiet', seen.root]);
    expect(await examined(examineGit, seen)).toMatchObject({ state: 'ok' });
  });

  test('in no repository', async () => {
    expect(await examined(examineGit, await surroundings())).toMatchObject({
      state: 'warning',
      remedy: 'git init',
    });
  });

  test('not there', async () => {
    const environment = await pathWith({});
    expect(await examined(examineGit, await surroundings({}, { environment, platform: 'linux' }))).toEqual({
      state: 'warning',
      says: 'not found; backups work without it',
      remedy: 'sudo apt install git',
    });
  });
});

describe.runIf(hasShell)('Docker', () => {
  test('is not needed', async () => {
    const environment = await pathWith({});
    expect(await examined(examineDocker, await surroundings({}, { environment }))).toMatchObject({
      state: 'ok',
    });
  });

  test('answers', async () => {
    const environment = await pathWith({ docker: script('echo 27.3.1') });
    expect(await examined(examineDocker, await surroundings({}, { environment }))).toEqual({
      state: 'ok',
      says: '27.3.1',
    });
  });

  test('has no engine', async () => {
    const environment = await pathWith({ docker: script('echo "Cannot connect" >&2; exit 1') });
    expect(
      await examined(examineDocker, await surroundings({}, { environment, platform: 'linux' })),
    ).toMatchObject({
      state: 'warning',
      remedy: 'sudo systemctl start docker',
    });
  });
});

describe.runIf(hasShell)('the browser', () => {
  const on = async (environment: NodeJS.ProcessEnv) =>
    examined(
      examineBrowser,
      await surroundings({}, { environment, platform: 'linux', ports: { guide: 4000, clinic: 8000 } }),
    );

  test('opens by itself', async () => {
    const path = await pathWith({ 'xdg-open': script('') });
    expect(await on({ ...path, DISPLAY: ':0' })).toEqual({ state: 'ok', says: 'opened by xdg-open' });
  });

  test.each([
    ['no command', {}],
    ['no window', { 'xdg-open': script('') }],
  ])('%s', async (_, programs) => {
    expect(await on(await pathWith(programs))).toMatchObject({
      state: 'warning',
      remedy: 'Open http://localhost:4000 yourself after `npm start`.',
    });
  });
});

describe.runIf(hasShell)('the editor', () => {
  const on = async (environment: NodeJS.ProcessEnv) =>
    examined(examineEditor, await surroundings({}, { environment, platform: 'linux' }));

  test('is found', async () => {
    const path = await pathWith({ code: script('') });
    expect(await on({ ...path, EDITOR: 'code' })).toEqual({ state: 'ok', says: 'code' });
  });

  test('is named, and not there', async () => {
    expect(await on({ ...(await pathWith({})), SECOND_OPINION_EDITOR: 'codium' })).toEqual({
      state: 'warning',
      says: 'codium is not found on PATH',
      remedy: 'SECOND_OPINION_EDITOR=code npm start',
    });
  });

  test('is not known: vi needs the terminal', async () => {
    expect(await on({ ...(await pathWith({})), EDITOR: 'vi' })).toMatchObject({ state: 'warning' });
  });
});
