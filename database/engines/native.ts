import { rm } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { WorkshopError } from '../../model/workshop-error.ts';
import { connect } from '../connection.ts';
import type { Engine, EngineAddress } from '../engine-address.ts';
import { chooseAccount } from './native/account.ts';
import { type Binaries, locatePackage, prepareBinaries } from './native/binaries.ts';
import { dataState, makeData } from './native/data.ts';
import { joinRunning } from './native/leftover.ts';
import { withLock } from './native/lock.ts';
import { type Postmaster, readPostmaster, startPostmaster, stopPostmaster } from './native/postmaster.ts';
import { openRoom, type Room } from './native/room.ts';
import { ADMINISTRATOR, readPassword } from './native/settings.ts';

/**
 * PostgreSQL from the npm package, shared by all processes with the same `home`.
 *
 * Each process that uses the server holds one session under a name of ours, and that is the registry of users: the
 * server itself forgets a process that was killed. Starting, joining and stopping happen under one lock. A server that
 * was killed, or that does not answer, is replaced with fresh data, because without fsync nobody vouches for the old.
 */
export async function startNative(home: string, say: (line: string) => void): Promise<Engine> {
  const room = await openRoom(home, await chooseAccount());
  return withLock(lockOf(room), async () => {
    const binaries = await prepareBinaries(locatePackage(), room);
    const held =
      (await joinRunning(room, (found) => hold(room, found))) ?? (await startHeld(room, binaries, say));
    return createEngine(room, binaries, held, await describe(room, held));
  });
}

async function startHeld(room: Room, binaries: Binaries, say: (line: string) => void): Promise<pg.Client> {
  const unclean = (await readPostmaster(room)) !== null;
  const state = unclean ? 'unclean' : await dataState(room, binaries);
  if (state !== 'usable') {
    say(PREPARING[state]);
    await makeData(room, binaries);
  }
  try {
    return await hold(room, await startPostmaster(room, binaries));
  } catch {
    say(PREPARING.unclean);
    if ((await readPostmaster(room)) !== null) await stopPostmaster(room, binaries).catch(() => undefined);
    await makeData(room, binaries);
    return hold(room, await startPostmaster(room, binaries));
  }
}

/** The session that registers this process; refuses a server that answers from another folder than ours. */
async function hold(room: Room, { host, port }: Postmaster): Promise<pg.Client> {
  const address = { ...PLAIN, host, port, user: ADMINISTRATOR, password: null, version: '' };
  const password = await readPassword(room.data);
  const client = await connect(address, {
    user: ADMINISTRATOR,
    password,
    database: 'postgres',
    applicationName: USER,
  });
  const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
  if (path.relative(rows[0]?.data_directory ?? '', room.data) === '') return client;
  await client.end();
  throw new Error(`the server at ${host} port ${port} is not that of ${room.data}`);
}

async function describe(room: Room, held: pg.Client): Promise<EngineAddress> {
  const { rows } = await held.query<{ server_version: string }>('SHOW server_version');
  const { host, port } = held;
  const version = rows[0]?.server_version ?? '';
  return { ...PLAIN, host, port, user: ADMINISTRATOR, password: await readPassword(room.data), version };
}

function createEngine(room: Room, binaries: Binaries, held: pg.Client, address: EngineAddress): Engine {
  let closing: Promise<void> | null = null;
  const leave = async () => {
    const session = (await answers(held)) ? held : await joinRunning(room, (found) => hold(room, found));
    if (session !== held) await held.end().catch(() => undefined);
    if (session === null) return;
    const others = await countOthers(session);
    await session.end().catch(() => undefined);
    if (others > 0) return;
    await stopPostmaster(room, binaries);
    if (room.sockets !== room.folder) await rm(room.sockets, { recursive: true, force: true });
  };
  return { address, close: () => (closing ??= withLock(lockOf(room), leave)) };
}

/** Not when the server has lost a process meanwhile and cut off all sessions: it is still ours to stop. */
async function answers(session: pg.Client): Promise<boolean> {
  return session.query('SELECT 1').then(
    () => true,
    () => false,
  );
}

/** When our own session is gone, the server was stopped or replaced under us, and it is no longer ours to stop. */
async function countOthers(held: pg.Client): Promise<number> {
  try {
    const { rows } = await held.query<{ others: number }>(COUNT_OTHERS, [USER]);
    return rows[0]?.others ?? 0;
  } catch {
    return 1;
  }
}

/** Every failure that is none of ours yet, as one of ours. */
export function nativeFailure(error: unknown): WorkshopError {
  if (error instanceof WorkshopError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new WorkshopError(
    'DATABASE_NOT_STARTED',
    `PostgreSQL could not be started on this machine: ${reason}`,
    {
      remedy: 'Set DATABASE_URL to a PostgreSQL of your own (14 or newer) and start again.',
      cause: error,
    },
  );
}

const lockOf = (room: Room) => path.join(room.folder, 'lock');

const USER = 'second opinion, user of the engine';
const COUNT_OTHERS =
  'SELECT count(*)::int AS others FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid()';
const PLAIN = { kind: 'native', database: 'postgres', ssl: false } as const;

const PREPARING = {
  missing: 'Preparing PostgreSQL for the first time…',
  'other-version': 'PostgreSQL was updated; preparing its data anew…',
  unclean: 'PostgreSQL was not stopped in order; preparing its data anew…',
};
