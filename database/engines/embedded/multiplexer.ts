import { asAdministrator } from './as-administrator.ts';
import type { Instance } from './instance.ts';
import type { SharedBackend, Tenant, TenantLogin } from './tenancy.ts';
import { createTenant } from './tenant.ts';
import { createTurns } from './turns.ts';
import { readMessages } from './wire.ts';

/**
 * Many clients on one backend.
 *
 * A client's messages are handed over as far as it waits for an answer. The client then has the backend until it is
 * ready for a query outside of a transaction; others wait for that. What a client has set is taken down after it was
 * set, and set again when another client has had the backend meanwhile.
 */
export interface Multiplexer {
  /** Throws `BackendRefusal` for settings that the backend does not take. */
  join(login: TenantLogin): Promise<Tenant>;
  /** Runs questions of our own, as the administrator, with no client between them. */
  alone<Result>(work: () => Promise<Result>): Promise<Result>;
  /** How many clients of that role there are. */
  count(user: string): number;
}

export function createMultiplexer(instance: Instance, greeting: Buffer, patience = PATIENCE): Multiplexer {
  const told = new Map<string, Buffer>();
  for (const { type, body, bytes } of readMessages(greeting)) {
    if (type === 'S') told.set(body.toString('utf8', 0, body.indexOf(0)), bytes);
  }
  const tenants = new Set<Tenant>();
  const turns = createTurns<Tenant | { readonly isAdministrator: true }>(patience, (holder) => {
    if ('evict' in holder) holder.evict();
  });
  const shared: SharedBackend = { instance, turns, tenants, told, inForce: '' };
  return {
    join: (login) => createTenant(shared, login),
    alone: (work) => asAdministrator(shared, work),
    count: (user) => [...tenants].filter((tenant) => tenant.user === user).length,
  };
}

/** Milliseconds. Less than the clinic's requests may take, so that its page can tell what it waited for. */
const PATIENCE = 4_000;
