import { execFileSync } from 'node:child_process';
import { chmod, mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { diagnoseClock, examineClock } from '../../../scripts/doctor/clock.ts';
import { diagnoseDisk, examineDisk } from '../../../scripts/doctor/disk.ts';
import { examineHome } from '../../../scripts/doctor/home.ts';
import { examineLineEndings } from '../../../scripts/doctor/line-endings.ts';
import { examineWorkshopFolder } from '../../../scripts/doctor/workshop-folder.ts';
import { asNobody } from '../../store/as-nobody.ts';
import { examined, surroundings } from './surroundings.ts';

const isRootOnLinux = process.platform === 'linux' && process.getuid?.() === 0;

describe('the disk', () => {
  test('has room', async () => {
    expect(await examined(examineDisk, await surroundings())).toMatchObject({
      state: expect.stringMatching(/ok|warning/),
    });
    expect(diagnoseDisk(73_400, 'where the workshop lies')).toEqual({
      state: 'ok',
      says: '73 GB free where the workshop lies',
    });
  });

  test('is getting full', () => {
    expect(diagnoseDisk(600, 'where the workshop lies')).toEqual({
      state: 'warning',
      says: '600 MB free where the workshop lies',
      remedy: 'Free 400 MB where the workshop lies; `npm cache clean --force` often does.',
    });
  });

  test.runIf(isRootOnLinux)('is too small for PostgreSQL', async () => {
    const seen = await surroundings();
    const small = join(seen.root, 'small');
    await mkdir(small);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', small]);
    onTestFinished(() => void execFileSync('umount', ['--lazy', small]));
    expect(await examined(examineDisk, { ...seen, root: small })).toMatchObject({
      state: 'broken',
      says: '4 MB free where the workshop lies',
    });
    expect(await examined(examineDisk, { ...seen, environment: { TMPDIR: small } })).toMatchObject({
      state: 'broken',
      says: `4 MB free in ${small}`,
    });
  });

  test('lacks the folder for temporary files', async () => {
    const seen = await surroundings();
    const environment = { TMPDIR: join(seen.root, 'nowhere') };
    expect(await examined(examineDisk, { ...seen, environment })).toMatchObject({
      state: 'warning',
      remedy: `mkdir -p "${environment.TMPDIR}"`,
    });
  });
});

describe('.workshop', () => {
  test('is made, for its owner alone', async () => {
    expect(await examined(examineWorkshopFolder, await surroundings())).toMatchObject({ state: 'ok' });
  });

  test('is open to others', async () => {
    const seen = await surroundings();
    await mkdir(join(seen.root, '.workshop'), { mode: 0o755 });
    expect(await examined(examineWorkshopFolder, seen)).toMatchObject({
      state: 'warning',
      remedy: 'chmod 700 .workshop',
    });
  });

  test('is a file', async () => {
    const seen = await surroundings({ '.workshop': 'a note' });
    expect(await examined(examineWorkshopFolder, seen)).toMatchObject({
      state: 'broken',
      says: 'a file stands in the place of the folder',
    });
  });

  test('may not be made here', async () => {
    const seen = await surroundings();
    expect(await asNobody(seen.root, () => examined(examineWorkshopFolder, seen))).toMatchObject({
      state: 'broken',
      says: 'may not be written to (EACCES)',
      remedy: 'sudo chown -R "$(id -u):$(id -g)" .',
    });
  });

  test.runIf(isRootOnLinux)('holds what a start with sudo left behind', async () => {
    const seen = await surroundings();
    const folder = join(seen.root, '.workshop');
    await mkdir(folder, { mode: 0o777 });
    await writeFile(join(folder, 'journal.ndjson'), '');
    await Promise.all([chmod(seen.root, 0o755), chmod(folder, 0o777)]);
    process.seteuid?.(65_534);
    onTestFinished(() => void process.seteuid?.(0));
    const diagnosis = await examined(examineWorkshopFolder, seen);
    process.seteuid?.(0);
    expect(diagnosis).toMatchObject({
      state: 'broken',
      says: 'journal.ndjson in it belongs to another user (a start with sudo?)',
    });
  });
});

describe('the home folder', () => {
  test('is there', async () => {
    const seen = await surroundings();
    expect(await examined(examineHome, { ...seen, environment: { HOME: seen.root } })).toMatchObject({
      state: 'ok',
    });
  });

  test.each([
    ['is not set', {}, 'HOME is not set; npm and git need it'],
    ['does not exist', { HOME: '/nobody/lives/here' }, 'HOME names a folder that does not exist'],
  ])('%s', async (_, environment, says) => {
    const diagnosis = await examined(examineHome, await surroundings({}, { environment, platform: 'linux' }));
    expect(diagnosis).toEqual({
      state: 'warning',
      says,
      remedy: 'export HOME="$(getent passwd "$(id -u)" | cut -d: -f6)"',
    });
  });
});

describe('line endings', () => {
  test('LF', async () => {
    const seen = await surroundings({ 'app/src/app.ts': 'one\ntwo\n' });
    expect(await examined(examineLineEndings, seen)).toEqual({ state: 'ok', says: 'LF' });
  });

  test('CRLF in a file of the learner; a picture may hold those bytes', async () => {
    const seen = await surroundings({ 'app/src/app.ts': 'one\r\ntwo\r\n', 'app/icon.png': '\0\r\n' });
    expect(await examined(examineLineEndings, seen)).toEqual({
      state: 'warning',
      says: 'CRLF in app/src/app.ts; shipped files end their lines with LF',
      remedy: 'npm run doctor -- --mend-line-endings',
    });
  });

  test('core.autocrlf, with and without .gitattributes', async () => {
    const seen = await surroundings({ 'app/src/app.ts': 'one\n' });
    execFileSync('git', ['init', '--quiet', seen.root]);
    execFileSync('git', ['-C', seen.root, 'config', 'core.autocrlf', 'true']);
    expect(await examined(examineLineEndings, seen)).toMatchObject({
      state: 'warning',
      remedy: 'git checkout -- .gitattributes',
    });
    await writeFile(join(seen.root, '.gitattributes'), '* text=auto eol=lf\n');
    expect(await examined(examineLineEndings, seen)).toMatchObject({ state: 'ok' });
  });
});

describe('the clock', () => {
  test('agrees', async () => {
    expect(await examined(examineClock, await surroundings({ 'package.json': '{}' }))).toMatchObject({
      state: 'ok',
    });
  });

  test('is behind a file that was written', async () => {
    const seen = await surroundings({ 'package.json': '{}' }, { platform: 'linux' });
    const future = new Date(Date.now() + 72 * 3_600_000);
    await utimes(join(seen.root, 'package.json'), future, future);
    expect(await examined(examineClock, seen)).toEqual({
      state: 'warning',
      says: '3 days behind: there are files from the future',
      remedy: 'sudo timedatectl set-ntp true',
    });
  });

  test('differs from that of the disk', () => {
    const diagnosis = diagnoseClock({ now: 0, newest: 0, skew: -240_000, platform: 'darwin' });
    expect(diagnosis).toMatchObject({
      says: "the disk's clock is 4 minutes off (a network drive?)",
      remedy: 'sudo sntp -sS time.apple.com',
    });
  });
});
