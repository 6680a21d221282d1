import { WorkshopError } from '../model/workshop-error.ts';
import { cloneTemplate } from './cluster/clone.ts';
import type { Database, DatabaseHandle } from './cluster/database.ts';
import {
  cloneEmbedded,
  ensureEmbeddedTemplate,
  openEmbeddedPlace,
  sweepEmbedded,
} from './cluster/embedded.ts';
import { createOwner } from './cluster/mark.ts';
import { type ClinicRole, clinicRole, ensureRole } from './cluster/role.ts';
import { createSession, type Session } from './cluster/session.ts';
import { sweepDatabases } from './cluster/sweep.ts';
import { ensureTemplate, type Template } from './cluster/template.ts';
import { administratorLogin } from './connection.ts';
import type { EngineAddress } from './engine-address.ts';

export type { Database } from './cluster/database.ts';
export type { Template } from './cluster/template.ts';

/** Our databases in one server. */
export interface Cluster {
  readonly address: EngineAddress;
  /** The clinic's role: no superuser, owner of the clones and of what is in them, not of the templates. */
  readonly role: ClinicRole;
  /** Built once per key over all processes; what an interrupted process left half-built is built anew. */
  template(key: string, build: (database: Database) => Promise<void>): Promise<Template>;
  /** `purpose` is for people who list databases: a short word. */
  clone(template: Template, purpose: string): Promise<Database>;
  /** Drops clones whose creating process is gone and templates beyond the newest; answers how many. */
  sweep(): Promise<number>;
  /** Drops the clones that are left of this cluster, and ends its sessions. */
  close(): Promise<void>;
}

/** Throws `WorkshopError`: `DATABASE_ROLE_TAKEN`, or `DATABASE_FAILED` with the server's words. */
export async function openCluster(address: EngineAddress): Promise<Cluster> {
  const actions = await (address.kind === 'embedded' ? embeddedActions(address) : serverActions(address));
  const clones = new Map<string, DatabaseHandle>();

  const clone = async (template: Template, purpose: string) => {
    const made = await actions.clone(template, purpose, () => clones.delete(made.name));
    clones.set(made.name, made);
    return made;
  };
  const close = async () => {
    await Promise.allSettled([...clones.values()].map((database) => database.drop()));
    await actions.session.close();
  };
  let closing: Promise<void> | null = null;
  return {
    address,
    role: actions.role,
    template: actions.template,
    clone: (template, purpose) => telling(`A copy of ${template.name}`, clone(template, purpose)),
    sweep: () => telling('The list of databases', actions.sweep()),
    close: () => (closing ??= close()),
  };
}

/** Where a server and the embedded engine part ways. */
interface Actions {
  readonly role: ClinicRole;
  readonly session: Session;
  readonly template: Cluster['template'];
  clone(template: Template, purpose: string, onDrop: () => void): Promise<DatabaseHandle>;
  sweep(): Promise<number>;
}

async function serverActions(address: EngineAddress): Promise<Actions> {
  const [role, owner] = await Promise.all([telling('The clinic’s role', ensureRole(address)), createOwner()]);
  const session = createSession(address, administratorLogin(address, owner.session));
  const place = { address, role, owner, session };
  // The session's name is what tells other processes that this one lives: so it begins now.
  await telling('The administrator’s session', session.query('SELECT 1'));
  return {
    role,
    session,
    template: (key, build) => ensureTemplate(place, key, build),
    clone: (template, purpose, onDrop) => cloneTemplate(place, template, purpose, onDrop),
    sweep: () => sweepDatabases(session, { isOurs: address.kind !== 'server' }),
  };
}

async function embeddedActions(address: EngineAddress): Promise<Actions> {
  const role = clinicRole(address);
  const place = await telling('The administrator’s session', openEmbeddedPlace(address, role));
  return {
    role,
    session: place.session,
    template: (key, build) => ensureEmbeddedTemplate(place, key, build),
    clone: (template, purpose, onDrop) => cloneEmbedded(place, template, purpose, onDrop),
    sweep: () => sweepEmbedded(place),
  };
}

async function telling<Result>(what: string, attempt: Promise<Result>): Promise<Result> {
  try {
    return await attempt;
  } catch (error) {
    if (error instanceof WorkshopError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new WorkshopError('DATABASE_FAILED', `${what} was asked of PostgreSQL, which answered: ${reason}`, {
      remedy: 'Start the workshop again; if it stays, run `npm run doctor`.',
      cause: error,
    });
  }
}
