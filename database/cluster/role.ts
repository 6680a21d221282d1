import { createHash, scryptSync } from 'node:crypto';
import type pg from 'pg';
import { WorkshopError } from '../../model/workshop-error.ts';
import { administratorLogin, connect } from '../connection.ts';
import type { EngineAddress } from '../engine-address.ts';
import { PREFIX } from './mark.ts';
import { scramVerifier } from './scram.ts';

/** The role that the learner's code logs in as. */
export interface ClinicRole {
  readonly name: string;
  readonly password: string;
}

/** Makes the role, or makes it what it must be; every process finds the same one. Throws `DATABASE_ROLE_TAKEN`. */
export async function ensureRole(address: EngineAddress): Promise<ClinicRole> {
  const role = clinicRole(address);
  const comment = `${ROLE_MARK} ${fingerprint(role.password)}`;
  const client = await connect(address, administratorLogin(address));
  try {
    await client.query('BEGIN');
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended('second opinion, role', 0))");
    const found = await readComment(client, role.name);
    if (found !== undefined && !(found ?? '').startsWith(ROLE_MARK)) throw taken(role.name);
    if (found !== comment) await writeRole(client, address, role, { isNew: found === undefined, comment });
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
  return role;
}

/**
 * The password follows from the administrator's, so that no process must tell another. Without one the server lets
 * everybody in anyway. On a server of the learner's, each administrator has a clinic role of their own.
 */
export function clinicRole(address: Pick<EngineAddress, 'kind' | 'user' | 'password'>): ClinicRole {
  const suffix = address.kind === 'server' ? `_${hash(address.user).slice(0, 6)}` : '';
  const name = `${PREFIX}clinic${suffix}`;
  return { name, password: scryptSync(address.password ?? '', name, 18, { N: 1024 }).toString('base64url') };
}

async function readComment(client: pg.Client, role: string): Promise<string | null | undefined> {
  const { rows } = await client.query<{ comment: string | null }>(
    "SELECT shobj_description(oid, 'pg_authid') AS comment FROM pg_roles WHERE rolname = $1",
    [role],
  );
  return rows[0]?.comment;
}

async function writeRole(
  client: pg.Client,
  address: EngineAddress,
  { name, password }: ClinicRole,
  { isNew, comment }: { isNew: boolean; comment: string },
): Promise<void> {
  await client.query(
    `${isNew ? 'CREATE' : 'ALTER'} ROLE ${name} WITH ${RIGHTS} PASSWORD '${scramVerifier(password)}'`,
  );
  for (const statement of settingStatements(name)) await client.query(statement);
  await client.query(`COMMENT ON ROLE ${name} IS '${comment}'`);
  if (isNew) await client.query(grantTo(address, name));
  if (address.kind === 'native') await client.query('REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC');
}

/** The role on an engine that asks for passwords itself. */
export const roleStatements = (name: string): readonly string[] => [
  `CREATE ROLE ${name} WITH ${RIGHTS}`,
  ...settingStatements(name),
];

const settingStatements = (name: string) =>
  Object.entries(SETTINGS).map(([setting, value]) => `ALTER ROLE ${name} SET ${setting} = '${value}'`);

/** Only a member may give a database to a role; a superuser counts as a member of every role. */
function grantTo({ version }: EngineAddress, role: string): string {
  const options = Number.parseInt(version, 10) >= 16 ? ' WITH INHERIT TRUE, SET TRUE' : '';
  return `GRANT ${role} TO CURRENT_USER${options}`;
}

const fingerprint = (password: string) => hash(JSON.stringify([password, RIGHTS, SETTINGS]));
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

const ROLE_MARK = 'made by the Second Opinion workshop;';
const RIGHTS = 'LOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE CONNECTION LIMIT 60';
const SETTINGS = { statement_timeout: '8s', timezone: 'UTC', jit: 'off' };

const taken = (role: string) =>
  new WorkshopError(
    'DATABASE_ROLE_TAKEN',
    `The role "${role}" was to be made, and exists without our comment on it.`,
    {
      remedy: `Drop or rename the role "${role}", then start again.`,
    },
  );
