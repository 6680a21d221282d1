import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Room } from './room.ts';

/** Everything the server is told, written anew before each start, because the socket's folder or the port may be others. */
export async function writeSettings(room: Room, data: string, port: number): Promise<void> {
  const unix = process.platform !== 'win32';
  const settings: Readonly<Record<string, string>> = {
    ...LASTING,
    port: String(port),
    listen_addresses: unix ? '' : '127.0.0.1',
    ...(unix ? { unix_socket_directories: room.sockets, unix_socket_permissions: '0700' } : {}),
  };
  const lines = Object.entries(settings).map(
    ([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`,
  );
  await writeFile(path.join(data, 'postgresql.conf'), lines.join(''));
  await writeFile(path.join(data, 'pg_hba.conf'), unix ? UNIX_LOGINS : WINDOWS_LOGINS);
}

/** The administrator's password: asked for on Windows only, but elsewhere too the clinic's is derived from it. */
export async function readPassword(data: string): Promise<string> {
  return readFile(path.join(data, PASSWORD_FILE), 'utf8');
}

export const newPassword = () => randomBytes(24).toString('base64url');

export const ADMINISTRATOR = 'postgres';
export const PASSWORD_FILE = 'administrator-password';

/** The data is disposable, so nothing waits for a disk; and a plan that changes by itself would change verdicts. */
const LASTING = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '256MB',
  autovacuum: 'off',
  jit: 'off',
  // In the data folder, where what a killed server leaves of it goes with the rest.
  ...(process.platform === 'win32' ? {} : { dynamic_shared_memory_type: 'mmap' }),
  shared_buffers: '64MB',
  max_connections: '80',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  lc_monetary: 'C',
  lc_numeric: 'C',
  lc_time: 'C',
  default_text_search_config: 'pg_catalog.english',
  // A statement whose client has gone ends within this time.
  ...(process.platform === 'linux' ? { client_connection_check_interval: '500ms' } : {}),
};

// The folder of the socket is private, so whoever reaches it may be the administrator.
const UNIX_LOGINS = `local all ${ADMINISTRATOR} trust\nlocal all all scram-sha-256\n`;
const WINDOWS_LOGINS = 'host all all 127.0.0.1/32 scram-sha-256\n';
