import { access, chmod, mkdir, mkdtemp, readdir, readFile, rm, statfs } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';

/** A folder for an engine, whose `dispose` fails the test when a server or a socket is left. */
export interface PrivateHome {
  readonly home: string;
  /** Where the native server's files are, when the account it runs as can reach `home`. */
  readonly native: string;
  dispose(): Promise<void>;
}

export async function createPrivateHome(name = 'home'): Promise<PrivateHome> {
  const base = await mkdtemp(path.join(await roomyFolder(), 'so-test-'));
  // The account that PostgreSQL runs as, when this is root, must be let in.
  await chmod(base, 0o755);
  const home = path.join(base, name);
  await mkdir(home);
  return {
    home,
    native: path.join(home, 'native'),
    async dispose() {
      const servers = await serversLeft(base);
      const sockets = (await readdir(base, { recursive: true })).filter((file) => file.includes('.s.PGSQL'));
      await rm(base, { recursive: true, force: true, maxRetries: 5 });
      expect({ servers, sockets }).toEqual({ servers: [], sockets: [] });
    },
  };
}

/** Servers whose data lies under `folder`; one that has ended and was not yet reaped has no command line. */
export async function serversUnder(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (command.includes('postgres') && command.includes(folder)) found.push(pid);
  }
  return found;
}

/** A server takes its pid file away, which is what is waited for, and ends a moment later: those that do not. */
export async function serversLeft(folder: string): Promise<readonly string[]> {
  const until = performance.now() + PATIENCE_MS;
  let left = await serversUnder(folder);
  while (left.length > 0 && performance.now() < until) {
    await pause(20);
    left = await serversUnder(folder);
  }
  return left;
}

export const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** Where there is one in memory, because ext4 slows down when the files of many databases come and go. */
async function roomyFolder(): Promise<string> {
  const memory = await statfs('/dev/shm').catch(() => null);
  const isRoomy = memory !== null && memory.bavail * memory.bsize > 2 ** 30;
  return isRoomy ? '/dev/shm' : os.tmpdir();
}

const PATIENCE_MS = 20_000;
