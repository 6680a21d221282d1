import type { ClinicRole } from '../../cluster/role.ts';
import { createControl } from './control.ts';
import type { Databases } from './databases.ts';
import { type Conversation, type Desk, LoginRefused } from './session.ts';
import type { Templates } from './templates.ts';
import type { Tenant } from './tenancy.ts';
import { packQuery } from './wire.ts';

export interface Accounts {
  readonly administrator: { readonly name: string; readonly password: string; readonly database: string };
  readonly clinic: ClinicRole;
}

/** Lets clients in by their passwords: the administrator everywhere, the clinic's role into the databases. */
export function createDesk(
  { administrator, clinic }: Accounts,
  databases: Databases,
  templates: Templates,
): Desk {
  const tenants = new Set<Tenant>();
  return {
    async open({ user, database: name, password, parameters, onWord, onEvict }): Promise<Conversation> {
      const isAdministrator = user === administrator.name;
      const expected = isAdministrator
        ? administrator.password
        : user === clinic.name
          ? clinic.password
          : null;
      if (expected !== password)
        throw new LoginRefused('28P01', `password authentication failed for user "${user}"`);
      if (name === administrator.database) {
        if (isAdministrator) return createControl(databases, templates);
        throw new LoginRefused('42501', `permission denied for database "${name}"`);
      }
      const database = databases.find(name);
      if (database === undefined) throw new LoginRefused('3D000', `database "${name}" does not exist`);
      const { multiplexer, instance } = database;
      if (!isAdministrator && multiplexer.count(user) >= MOST_OF_THE_CLINIC)
        throw new LoginRefused('53300', `too many connections for role "${user}"`);

      const tenant = await multiplexer.join({ user, parameters, onWord, onEvict });
      tenants.add(tenant);
      void instance.ended.then(onEvict);
      return {
        welcome: tenant.welcome,
        prepare: (frame) => tenant.names.inward(frame),
        exchange: (bytes, sql) => {
          const renamed = isAdministrator && ALTERS_DATABASE.test(sql);
          return tenant.exchange(renamed ? packQuery(sql.replaceAll(`"${name}"`, '"postgres"')) : bytes, sql);
        },
        discard: () => tenant.discard(),
        cancel: () => tenant.cancel(),
        async leave() {
          tenants.delete(tenant);
          await tenant.leave();
        },
      };
    },
    cancel(number, secret) {
      for (const tenant of tenants) {
        if (tenant.key.number === number && tenant.key.secret === secret) tenant.cancel();
      }
    },
  };
}

/** Inside of its backend every database has the same name, by which its settings are kept. */
const ALTERS_DATABASE = /^\s*alter\s+database\b/i;
/** As the role has it on a server. */
const MOST_OF_THE_CLINIC = 60;
