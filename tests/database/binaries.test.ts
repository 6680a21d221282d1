import { chmod, cp, lstat, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chooseAccount } from '../../database/engines/native/account.ts';
import { locatePackage, prepareBinaries } from '../../database/engines/native/binaries.ts';
import { openRoom, type Room } from '../../database/engines/native/room.ts';
import { createPrivateHome, type PrivateHome } from './private-home.ts';

let place: PrivateHome;
let room: Room;
let packageFolder: string;
beforeEach(async () => {
  place = await createPrivateHome();
  room = await openRoom(place.home, await chooseAccount());
  packageFolder = path.join(place.home, 'package');
  await cp(locatePackage(), packageFolder, { recursive: true, verbatimSymlinks: true });
});
afterEach(() => place.dispose());

it('makes the symbolic links that npm packages can’t hold', async () => {
  await removeLinks();
  const binaries = await prepareBinaries(packageFolder, room);
  expect(binaries.version).toMatch(/^\d+\.\d+$/);
  expect(binaries.program('postgres').startsWith(packageFolder)).toBe(true);
  expect((await lstat(path.join(packageFolder, await someLink()))).isSymbolicLink()).toBe(true);
});

it.runIf(process.getuid?.() === 0)(
  'copies the programs out of a folder that the account can’t enter, once',
  async () => {
    await removeLinks();
    await chmod(packageFolder, 0o700);
    const binaries = await prepareBinaries(packageFolder, room);
    expect(binaries.program('initdb').startsWith(room.folder)).toBe(true);
    await writeFile(path.join(packageFolder, 'native', 'pg-symlinks.json'), 'no longer read');
    expect((await prepareBinaries(packageFolder, room)).version).toBe(binaries.version);
  },
);

it('says what to do when the programs do not run here', async () => {
  await writeFile(path.join(packageFolder, 'native', 'bin', 'postgres'), '#!/bin/sh\nexit 3\n');
  await expect(prepareBinaries(packageFolder, room)).rejects.toMatchObject({
    code: 'ENGINE_UNAVAILABLE',
    remedy: expect.stringContaining('npm ci') as string,
  });
});

it('runs as ourselves when we are not root, and as root says which accounts it looked for', async () => {
  expect(await chooseAccount(1000)).toBeNull();
  const accounts = path.join(place.home, 'passwd');
  await writeFile(accounts, 'root:x:0:0::/:/bin/sh\nnode:x:1000:1001::/:/bin/sh\n');
  expect(await chooseAccount(0, accounts)).toEqual({ uid: 1000, gid: 1001 });
  await writeFile(accounts, 'root:x:0:0::/:/bin/sh\n');
  await expect(chooseAccount(0, accounts)).rejects.toMatchObject({ code: 'NO_UNPRIVILEGED_ACCOUNT' });
});

async function someLink(): Promise<string> {
  const list = await readFile(path.join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8');
  const [first] = JSON.parse(list) as { target: string }[];
  return first?.target ?? '';
}

async function removeLinks(): Promise<void> {
  for (const entry of await readdir(path.join(packageFolder, 'native', 'lib'), { withFileTypes: true })) {
    if (entry.isSymbolicLink()) await rm(path.join(packageFolder, 'native', 'lib', entry.name));
  }
}
