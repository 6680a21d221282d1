import { access } from 'node:fs/promises';
import pg from 'pg';
import type { EngineAddress } from './engine-address.ts';

export interface Login {
  readonly user: string;
  readonly password: string | null;
  readonly database: string;
  /** Shown by the server beside the session; the registries of this room read it. */
  readonly applicationName?: string;
}

/** An open connection; the caller ends it. Throws what `pg` throws. */
export async function connect(address: EngineAddress, login: Login): Promise<pg.Client> {
  const until = performance.now() + RESTART_LIMIT;
  for (;;) {
    try {
      return await connectOnce(address, login);
    } catch (error) {
      if (!(await isStartingAgain(address, error)) || performance.now() >= until) throw error;
      await new Promise((resolve) => setTimeout(resolve, RESTART_PAUSE));
    }
  }
}

async function connectOnce(address: EngineAddress, login: Login): Promise<pg.Client> {
  const client = new pg.Client({
    host: address.host,
    port: address.port,
    user: login.user,
    database: login.database,
    ssl: address.ssl ? { rejectUnauthorized: false } : false,
    connectionTimeoutMillis: CONNECT_LIMIT,
    application_name: login.applicationName ?? 'second opinion',
    ...(login.password === null ? {} : { password: login.password }),
  });
  // A session that the server ends while idle is reported here; whoever uses it next is told by its query.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
  return client;
}

export function administratorLogin(address: EngineAddress, applicationName?: string): Login {
  const { user, password, database } = address;
  return { user, password, database, ...(applicationName === undefined ? {} : { applicationName }) };
}

/** The embedded engine, when it ended by itself, is started again at the same place; its folder goes when it is closed. */
async function isStartingAgain({ kind, host }: EngineAddress, error: unknown): Promise<boolean> {
  if (kind !== 'embedded' || !(error instanceof Error && 'code' in error)) return false;
  if (error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT') return false;
  return !host.startsWith('/') || (await exists(host));
}

const exists = (folder: string) =>
  access(folder).then(
    () => true,
    () => false,
  );

/** Milliseconds. It takes one or two seconds. */
const RESTART_LIMIT = 10_000;
const RESTART_PAUSE = 50;
/** Milliseconds. A server on the same machine answers in 10; one over a slow network in 1,000. */
const CONNECT_LIMIT = 10_000;
