import { execFile, spawn } from 'node:child_process';
import { chown, open, readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { WorkshopError } from '../../../model/workshop-error.ts';
import type { Binaries } from './binaries.ts';
import type { Room } from './room.ts';
import { writeSettings } from './settings.ts';

/** What a running server says of itself in its `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number;
  readonly host: string;
  readonly port: number;
  readonly ready: boolean;
}

export async function readPostmaster(room: Room): Promise<Postmaster | null> {
  const text = await readFile(path.join(room.data, 'postmaster.pid'), 'utf8').catch(() => null);
  if (text === null) return null;
  const [pid, , , port, sockets, , , status] = text.split('\n');
  const host = sockets === undefined || sockets === '' ? '127.0.0.1' : sockets;
  return { pid: Number(pid), port: Number(port), host, ready: status?.trim() === 'ready' };
}

/**
 * Starts the server in a process group of its own, so that neither Ctrl+C in a terminal nor our own violent end takes
 * it down in the middle of its work; whoever starts next finds it. Throws `DATABASE_NOT_STARTED` with its last words.
 */
export async function startPostmaster(room: Room, binaries: Binaries): Promise<Postmaster> {
  await writeSettings(room, room.data, process.platform === 'win32' ? await freePort() : USUAL_PORT);
  const log = await open(room.log, 'w');
  try {
    if (room.account !== null) await chown(room.log, room.account.uid, room.account.gid);
    const child = launch(room, binaries, log.fd);
    let ended: string | null = null;
    child.once('error', (error) => (ended = error.message));
    // On Windows this is `pg_ctl`, which ends well when it has started the server.
    child.once('exit', (code, signal) => (ended ??= code === 0 ? null : `it ended with ${signal ?? code}`));
    return await waitUntilReady(room, () => ended).catch((error: unknown) => {
      child.kill('SIGQUIT');
      throw error;
    });
  } finally {
    await log.close();
  }
}

function launch(room: Room, binaries: Binaries, log: number) {
  const windows = process.platform === 'win32';
  // Only `pg_ctl` can give up the rights of a Windows administrator, under which PostgreSQL refuses to run.
  const [program, argumentList] = windows
    ? [binaries.program('pg_ctl'), ['start', '-W', '-D', room.data]]
    : [binaries.program('postgres'), ['-D', room.data]];
  const child = spawn(program, argumentList, {
    ...room.account,
    cwd: room.folder,
    env: { ...withoutPostgresVariables(process.env), LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', log, log],
    detached: true,
    windowsHide: true,
  });
  child.unref();
  return child;
}

async function waitUntilReady(room: Room, ended: () => string | null): Promise<Postmaster> {
  const until = performance.now() + PATIENCE;
  for (;;) {
    const found = await readPostmaster(room);
    if (found?.ready === true) return found;
    const end = ended() ?? (performance.now() > until ? `it was not ready after ${PATIENCE / 1000} s` : null);
    if (end !== null) throw await notStarted(room, end);
    await sleep(5);
  }
}

/** Ends the server, its sessions with it, and comes back when it is gone. */
export async function stopPostmaster(room: Room, binaries: Binaries): Promise<void> {
  const stop = ['stop', '-D', room.data, '-m', 'fast', '-w', '-t', String(PATIENCE / 1000)];
  const found = await readPostmaster(room);
  try {
    await promisify(execFile)(binaries.program('pg_ctl'), stop, { ...room.account, cwd: room.folder });
  } catch (error) {
    if ((await readPostmaster(room)) !== null) throw error;
  }
  if (found !== null && found.host.startsWith('/')) await removeSocket(room, found.port);
}

async function removeSocket(room: Room, port: number): Promise<void> {
  const socket = path.join(room.sockets, `.s.PGSQL.${port}`);
  await rm(socket, { force: true });
  await rm(`${socket}.lock`, { force: true });
}

function withoutPostgresVariables(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('PG')));
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : USUAL_PORT;
}

async function notStarted(room: Room, end: string): Promise<WorkshopError> {
  const lines = (await readFile(room.log, 'utf8').catch(() => '')).trim().split('\n');
  const message = `PostgreSQL was started in ${room.data}, but ${end}. Its last words: ${lines.slice(-5).join(' | ')}`;
  return new WorkshopError('DATABASE_NOT_STARTED', message, {
    remedy: `Read ${room.log}, or set DATABASE_URL to a PostgreSQL of your own, then start again.`,
  });
}

/** Milliseconds. */
const PATIENCE = 30_000;
/** No listener: on unix it only names the socket. */
const USUAL_PORT = 5432;
