import type { PGlite } from '@electric-sql/pglite';

/**
 * The administrator logged in to the backend, so PostgreSQL would let each of its sessions become the administrator
 * again. What comes from a client is therefore run as if inside a function of somebody else's, where PostgreSQL itself
 * refuses to change who one is, whatever the text of the statement looks like.
 */
export function guardUser(backend: PGlite, isGuarded: boolean): void {
  const machine = backend.Module as unknown as Machine;
  machine._SetUserIdAndSecContext(machine._GetUserId(), isGuarded ? LOCAL_USER : 0);
}

interface Machine {
  _GetUserId(): number;
  _SetUserIdAndSecContext(user: number, context: number): void;
}

/** `SECURITY_LOCAL_USERID_CHANGE` of PostgreSQL's miscadmin.h. */
const LOCAL_USER = 1;
