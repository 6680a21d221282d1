import type pg from 'pg';
import { WorkshopError } from '../../model/workshop-error.ts';
import { administratorLogin, connect } from '../connection.ts';
import type { Engine, EngineAddress } from '../engine-address.ts';
import { parseDatabaseUrl } from './server/database-url.ts';
import { refusalOf } from './server/refusal.ts';

/** The learner's own PostgreSQL. Nothing is changed here; it is only made sure that our databases can be made in it. */
export async function startServer(databaseUrl: string): Promise<Engine> {
  const address = parseDatabaseUrl(databaseUrl);
  const client = await connect(address, administratorLogin(address)).catch((error: unknown) => {
    throw refusalOf(error, address);
  });
  try {
    const version = await readVersion(client, address);
    await requireRights(client, address);
    return { address: { ...address, version }, close: async () => undefined };
  } finally {
    await client.end();
  }
}

async function readVersion(client: pg.Client, address: EngineAddress): Promise<string> {
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
  const version = rows[0]?.server_version.split(' ')[0] ?? '';
  if (Number.parseInt(version, 10) >= OLDEST) return version;
  const message = `DATABASE_URL names a PostgreSQL ${version} at ${address.host}; ${OLDEST} or newer was expected.`;
  throw new WorkshopError('DATABASE_TOO_OLD', message, { remedy: WITHOUT_URL });
}

async function requireRights(client: pg.Client, { user, host }: EngineAddress): Promise<void> {
  const { rows } = await client.query<{ rolsuper: boolean; rolcreatedb: boolean; rolcreaterole: boolean }>(
    'SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user',
  );
  const [rights] = rows;
  if (rights === undefined || rights.rolsuper) return;
  const name = client.escapeIdentifier(user);
  const lacks = (what: string) => `DATABASE_URL logs in at ${host} as "${user}", who may not create ${what}.`;
  const grant = (option: string) =>
    `Run this as its administrator, then start again: ALTER ROLE ${name} ${option};`;
  if (!rights.rolcreatedb) {
    const missing = rights.rolcreaterole ? 'CREATEDB' : 'CREATEDB CREATEROLE';
    throw new WorkshopError('DATABASE_NO_CREATEDB', lacks('databases'), { remedy: grant(missing) });
  }
  if (!rights.rolcreaterole) {
    throw new WorkshopError('DATABASE_NO_CREATEROLE', lacks('roles'), { remedy: grant('CREATEROLE') });
  }
}

const OLDEST = 14;
const WITHOUT_URL =
  'Unset DATABASE_URL to use the PostgreSQL that comes with the workshop, then start again.';
