import { createHash } from 'node:crypto';
import { administratorLogin, connect } from '../connection.ts';
import type { EngineAddress } from '../engine-address.ts';
import type { ControlOrder } from '../engines/embedded/control.ts';
import { nameClone } from './clone.ts';
import { createDatabase, type Database, type DatabaseHandle } from './database.ts';
import type { ClinicRole } from './role.ts';
import { createSession, type Session } from './session.ts';
import type { Template } from './template.ts';

/** What the embedded engine does itself where a server is told by SQL. Its own connection owns what it makes. */
export interface EmbeddedPlace {
  readonly address: EngineAddress;
  readonly role: ClinicRole;
  readonly session: Session;
}

export async function openEmbeddedPlace(address: EngineAddress, role: ClinicRole): Promise<EmbeddedPlace> {
  const place = { address, role, session: createSession(address, administratorLogin(address)) };
  await tell(place.session, { ask: 'alive' });
  return place;
}

export async function ensureEmbeddedTemplate(
  place: EmbeddedPlace,
  key: string,
  build: (database: Database) => Promise<void>,
): Promise<Template> {
  const hashed = createHash('sha256').update(key).digest('hex');
  const found = await tell(place.session, { ask: 'find', key: hashed });
  if (typeof found === 'string') return { name: found, key };

  const guard = await connect(place.address, administratorLogin(place.address));
  try {
    const { name, isBuilt } = (await tell(guard, { ask: 'build', key: hashed })) as {
      name: string;
      isBuilt: boolean;
    };
    if (isBuilt) return { name, key };
    const database = handle(place, name);
    try {
      await build(database);
      await database.query('VACUUM (ANALYZE)');
    } finally {
      await database.close();
    }
    await tell(guard, { ask: 'finish', name });
    return { name, key };
  } finally {
    await guard.end();
  }
}

export async function cloneEmbedded(
  place: EmbeddedPlace,
  template: Template,
  purpose: string,
  onDrop: () => void,
): Promise<DatabaseHandle> {
  const name = nameClone(purpose);
  await tell(place.session, { ask: 'clone', template: template.name, name });
  return handle(place, name, onDrop);
}

export async function sweepEmbedded({ session }: EmbeddedPlace): Promise<number> {
  return Number(await tell(session, { ask: 'sweep' }));
}

function handle(
  { address, role, session }: EmbeddedPlace,
  name: string,
  onDrop?: () => void,
): DatabaseHandle {
  const remove = async () => void (await tell(session, { ask: 'drop', name }));
  return createDatabase(name, { address, role, remove }, onDrop);
}

async function tell(
  asker: { query(sql: string): Promise<{ readonly rows: readonly unknown[] }> },
  order: ControlOrder,
): Promise<unknown> {
  const [row] = (await asker.query(JSON.stringify(order))).rows;
  return JSON.parse((row as { answer: string } | undefined)?.answer ?? 'null');
}
