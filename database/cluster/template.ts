import { createHash, randomBytes } from 'node:crypto';
import { administratorLogin, connect } from '../connection.ts';
import type { EngineAddress } from '../engine-address.ts';
import { createDatabase, type Database, dropStatement, onServer } from './database.ts';
import { listMarked, type Mark, type MarkedDatabase, type Owner, PREFIX, setMark } from './mark.ts';
import type { ClinicRole } from './role.ts';
import type { Session } from './session.ts';

/** A database that clones are copied from. Nobody connects to it once it is built. */
export interface Template {
  readonly name: string;
  readonly key: string;
}

export interface Workplace {
  readonly address: EngineAddress;
  readonly role: ClinicRole;
  readonly owner: Owner;
  readonly session: Session;
}

/** The template of that key: found, or built while all other processes that want it wait. */
export async function ensureTemplate(
  place: Workplace,
  key: string,
  build: (database: Database) => Promise<void>,
): Promise<Template> {
  const hashed = createHash('sha256').update(`${place.role.name} ${key}`).digest('hex').slice(0, 16);
  const found = await findBuilt(place, hashed);
  if (found !== null) return { name: found, key };

  const guard = await connect(place.address, administratorLogin(place.address));
  try {
    await guard.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [
      `second opinion, template ${hashed}`,
    ]);
    return { name: (await findBuilt(place, hashed)) ?? (await buildTemplate(place, hashed, build)), key };
  } finally {
    await guard.end();
  }
}

async function findBuilt({ session, owner }: Workplace, key: string): Promise<string | null> {
  const built = (await listTemplates(session, key)).find(({ mark }) => mark.state === 'built');
  if (built === undefined) return null;
  if (Date.now() - Date.parse(built.mark.used) > STALE_USE) {
    await setMark(session, built.name, { ...built.mark, owner, used: now() }).catch(() => undefined);
  }
  return built.name;
}

/** Its owner while it is built is the clinic's role, so that what is made in it stands as it will in the clones. */
async function buildTemplate(
  place: Workplace,
  key: string,
  build: (database: Database) => Promise<void>,
): Promise<string> {
  const { session, address, role, owner } = place;
  for (const half of await listTemplates(session, key)) await session.query(dropStatement(half.name));

  const name = `${PREFIX}template_${key}_${process.pid}_${randomBytes(4).toString('hex')}`;
  await session.query(
    `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' OWNER ${role.name} ${sorting(address)}`,
  );
  const mark = { ...MARK, key, owner, used: now() } as const;
  const database = createDatabase(name, onServer(place, name));
  try {
    await setMark(session, name, { ...mark, state: 'building' });
    await build(database);
    await database.query('VACUUM (ANALYZE)');
    await database.close();
    await session.query(`ALTER DATABASE ${name} OWNER TO CURRENT_USER`);
    await session.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await session.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
    await setMark(session, name, { ...mark, state: 'built', used: now() });
    return name;
  } catch (error) {
    await database.drop().catch(() => undefined);
    throw error;
  }
}

export type MarkedTemplate = MarkedDatabase & { readonly mark: Extract<Mark, { kind: 'template' }> };

async function listTemplates(session: Session, key: string): Promise<readonly MarkedTemplate[]> {
  const marked = await listMarked(session);
  return marked.filter(
    (database): database is MarkedTemplate => isTemplate(database) && database.mark.key === key,
  );
}

export const isTemplate = (database: MarkedDatabase): database is MarkedTemplate =>
  database.mark.kind === 'template';

/** The order of texts is the same on every engine: by code point. */
function sorting({ kind, version }: EngineAddress): string {
  const major = Number.parseInt(version, 10);
  if (kind === 'native') return '';
  if (major >= 17) return "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C'";
  return major >= 15 ? "LOCALE_PROVIDER libc LC_COLLATE 'C'" : "LC_COLLATE 'C'";
}

const now = () => new Date().toISOString();

/** Milliseconds: how exact the time of the last use is. */
const STALE_USE = 3_600_000;
const MARK = { workshop: 'second-opinion', kind: 'template' } as const;
