import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Postmaster } from './postmaster.ts';
import { readPostmaster } from './postmaster.ts';
import type { Room } from './room.ts';

/** A session with the server that an earlier process left or another one runs now; `null` when none answers. */
export async function joinRunning(
  room: Room,
  join: (found: Postmaster) => Promise<pg.Client>,
): Promise<pg.Client | null> {
  const until = performance.now() + PATIENCE;
  for (;;) {
    const found = await readPostmaster(room);
    if (found === null) return null;
    const joined = await join(found).catch((error: unknown) => error);
    if (!(joined instanceof Error)) return joined as pg.Client;
    const onItsWay = !found.ready && isAlive(found.pid);
    if (!onItsWay || performance.now() > until) {
      await endHanging(room, found);
      return null;
    }
    await sleep(20);
  }
}

/** Only where the system tells whose process it is: a number in an old file may by now belong to anybody. */
async function endHanging(room: Room, found: Postmaster): Promise<void> {
  const command = await readFile(`/proc/${found.pid}/cmdline`, 'utf8').catch(() => '');
  if (command.split('\0').includes(room.data)) process.kill(found.pid, 'SIGKILL');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Milliseconds for a server that is starting or stopping. */
const PATIENCE = 5_000;
