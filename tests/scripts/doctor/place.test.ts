import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { diagnosePlace, examinePlace, type Place } from '../../../scripts/doctor/place.ts';
import { examineWatching } from '../../../scripts/doctor/watching.ts';
import { examined, surroundings } from './surroundings.ts';

const PLAIN: Place = {
  root: '/srv/workshop',
  platform: 'linux',
  mounts: '',
  release: '6.1.0-18-amd64',
  foldsCase: false,
};
const at = (parts: Partial<Place>) => diagnosePlace({ ...PLAIN, ...parts });

/** Of a user namespace, which has limits of its own: nobody else's watches are touched. */
const LIMIT = '/proc/sys/user/max_inotify_instances';
const PROGRAM = join(import.meta.dirname, 'watching-program.ts');

describe('the folder', () => {
  test('lies well', async () => {
    expect(await examined(examinePlace, await surroundings())).toEqual({
      state: 'ok',
      says: 'a plain path on a local disk',
    });
  });

  test('has blanks and letters beyond ASCII in its path, which is fine', async () => {
    const seen = await surroundings();
    const root = join(seen.root, 'Zweite Meinung, für mich');
    await mkdir(root);
    expect(await examined(examinePlace, { ...seen, root })).toEqual({
      state: 'ok',
      says: 'a path with blanks and letters beyond ASCII, which is fine on a local disk',
    });
  });

  test('is very long', async () => {
    const seen = await surroundings();
    const root = join(
      seen.root,
      ...Array.from({ length: 5 }, () => 'a-name-of-forty-letters-and-then-no-more'),
    );
    await mkdir(root, { recursive: true });
    expect(await examined(examinePlace, { ...seen, root })).toMatchObject({
      state: 'warning',
      says: expect.stringContaining('200 is what other programs bear'),
    });
  });

  test.each<[string, Partial<Place>, string]>([
    [
      'a network drive',
      { mounts: '/dev/sda / ext4 rw 0 0\nserver:/x /srv nfs4 rw 0 0\n' },
      'on a network drive (nfs4)',
    ],
    [
      'a shared folder with a blank',
      { root: '/my share/w', mounts: 'x / ext4\ny /my\\040share vboxsf\n' },
      '(vboxsf)',
    ],
    [
      'a network name on Windows',
      { root: '\\\\server\\share\\w', platform: 'win32' },
      'on a network drive: slow',
    ],
    [
      'a Windows drive in WSL',
      { root: '/mnt/c/w', release: '5.15.1-microsoft-standard-WSL2' },
      'seen from WSL',
    ],
    ['OneDrive', { root: 'C:\\Users\\x\\OneDrive - Clinic\\w', platform: 'win32' }, 'inside OneDrive'],
    ['iCloud', { root: '/home/x/Library/Mobile Documents/w', platform: 'darwin' }, 'inside iCloud Drive'],
    ['Dropbox', { root: '/home/x/Dropbox/w' }, 'inside Dropbox'],
    ['a sign that shells read', { root: '/srv/100%/w' }, 'its path holds %'],
    [
      'a path that Windows bears no longer',
      { root: `C:\\${'x'.repeat(130)}`, platform: 'win32' },
      '120 is what',
    ],
  ])('%s', (_, place, says) => {
    expect(at(place)).toMatchObject({ state: 'warning', says: expect.stringContaining(says) });
  });

  test.each<[string, Partial<Place>]>([
    ['a local disk below a network drive', { mounts: 'server:/ / nfs4\n/dev/sda /srv ext4\n' }],
    ['a plain path on Windows', { root: 'C:\\second-opinion', platform: 'win32' }],
    ['a Linux home in WSL', { root: '/home/x/w', release: '5.15.1-microsoft-standard-WSL2' }],
  ])('%s is fine', (_, place) => expect(at(place).state).toBe('ok'));

  test('in which upper and lower case are one', () => {
    expect(at({ platform: 'darwin', foldsCase: true }).says).toContain('upper and lower case are one here');
  });
});

describe('file watching', () => {
  test('hears a save', async () => {
    expect(await examined(examineWatching, await surroundings())).toMatchObject({
      state: 'ok',
      says: expect.stringMatching(/^a save is heard after \d+ ms$/),
    });
  });

  const inNamespace = (command: string, root: string) =>
    spawnSync(
      'unshare',
      ['--user', '--map-root-user', 'sh', '-c', command, 'sh', process.execPath, PROGRAM, root],
      {
        encoding: 'utf8',
        cwd: join(import.meta.dirname, '..', '..', '..'),
      },
    );
  const canLimit = inNamespace(`echo 0 > ${LIMIT}`, '').status === 0;

  test.runIf(canLimit)('is refused when this user has no watch left', async () => {
    const { root } = await surroundings();
    const { stdout, stderr } = inNamespace(`echo 0 > ${LIMIT} && "$1" --import tsx "$2" "$3"`, root);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      state: 'broken',
      says: 'this user watches in too many programs already (EMFILE)',
      remedy: 'sudo sysctl fs.inotify.max_user_instances=512',
    });
  });
});
