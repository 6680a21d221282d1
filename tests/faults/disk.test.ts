import { execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { openWorkspace } from '../../store/workspace/workspace.ts';
import { SAMPLE_FILES, SHIPPED_GREETING } from '../scripts/sample-steps.ts';
import { copyWorkshop, type WorkshopCopy } from '../scripts/workshop-copy.ts';
import { faultWhere } from './fault.ts';

/** Only root may make a disk of a few kilobytes. */
const MAY_MOUNT = process.platform === 'linux' && process.getuid?.() === 0 && canMount();

let workshop: WorkshopCopy;
const mounted: string[] = [];
beforeEach(async () => void (workshop = await copyWorkshop(SAMPLE_FILES)));
afterEach(async () => {
  for (const folder of mounted.splice(0)) execFileSync('umount', [folder]);
  await workshop.remove();
});

const PATH = 'app/src/greeting.ts';
const text = () => readFile(join(workshop.root, PATH), 'utf8');
const theirs = new Map([[PATH, Buffer.from('theirs\n'.repeat(2_000))]]);

/** What is in the folder moves to a disk of its own. */
async function onDiskOf(folder: string, kilobytes: number): Promise<void> {
  const [place, aside] = [join(workshop.root, folder), join(workshop.root, 'tmp', 'aside')];
  await mkdir(place, { recursive: true });
  await cp(place, aside, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k,mode=0700`, 'tmpfs', place]);
  mounted.push(place);
  // What was compiled is larger than the disk, and made again where there is room.
  await cp(aside, place, { recursive: true, filter: (path) => path !== join(aside, 'compiled') });
  await rm(aside, { recursive: true });
}

async function fill(folder: string): Promise<() => Promise<void>> {
  const file = join(workshop.root, folder, 'filling.bin');
  for (let size = 64 * 1024; size >= 1; size = Math.floor(size / 2)) {
    let isFull = false;
    while (!isFull)
      isFull = await writeFile(file, Buffer.alloc(size), { flag: 'a' }).then(
        () => false,
        () => true,
      );
  }
  return () => rm(file);
}

function readOnly(folder: string): () => void {
  execFileSync('mount', ['-o', 'remount,ro', join(workshop.root, folder)]);
  return () => void execFileSync('mount', ['-o', 'remount,rw', join(workshop.root, folder)]);
}

faultWhere(MAY_MOUNT, 'the disk of the workshop is full', async () => {
  await onDiskOf('.workshop', 512);
  const free = await fill('.workshop');
  const checked = await workshop.cli('check', 'spelling');
  expect(checked.code).toBe(2);
  expect(checked.err).toContain('the disk is full');
  expect(checked.err).toContain('Free some space');

  const workspace = await openWorkspace({ root: workshop.root });
  await expect(workspace.write(theirs, 'solution')).rejects.toMatchObject({ code: 'BACKUP_FAILED' });
  expect(await text()).toBe(SHIPPED_GREETING);
  await free();
  await workspace.write(theirs, 'solution');
  await workspace.undo();
  expect(await text()).toBe(SHIPPED_GREETING);
  expect((await workshop.cli('check', 'spelling')).code).toBe(1);
});

faultWhere(MAY_MOUNT, 'the disk of `app/` is full', async () => {
  await onDiskOf('app', 512);
  const free = await fill('app');
  const workspace = await openWorkspace({ root: workshop.root });
  await expect(workspace.write(theirs, 'solution')).rejects.toMatchObject({
    code: 'WRITE_FAILED',
    message: expect.stringContaining('the disk is full'),
  });
  expect(await text()).toBe(SHIPPED_GREETING);
  expect((await readdir(join(workshop.root, 'app/src'))).sort()).toEqual(['farewell.ts', 'greeting.ts']);
  expect((await workshop.cli('check', 'spelling')).code).toBe(1);
  await free();
});

faultWhere(MAY_MOUNT, 'a folder that can only be read', async () => {
  await onDiskOf('app', 512);
  const workspace = await openWorkspace({ root: workshop.root });
  const appAgain = readOnly('app');
  await expect(workspace.write(theirs, 'solution')).rejects.toMatchObject({
    code: 'WRITE_FAILED',
    message: expect.stringContaining('that disk can only be read'),
  });
  expect((await workshop.cli('check', 'spelling')).code).toBe(1);
  appAgain();

  await onDiskOf('.workshop', 512);
  readOnly('.workshop');
  const checked = await workshop.cli('check', 'spelling');
  expect(checked.code).toBe(2);
  expect(checked.err).toMatch(/that disk can only be read[\s\S]*folder that you may write to/);
  expect(await text()).toBe(SHIPPED_GREETING);
});

function canMount(): boolean {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
