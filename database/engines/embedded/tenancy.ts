import type { Instance } from './instance.ts';
import type { StatementNames } from './statement-names.ts';
import type { Turns } from './turns.ts';

/** What the clients of one backend share. */
export interface SharedBackend {
  readonly instance: Instance;
  readonly turns: Turns<Tenant | { readonly isAdministrator: true }>;
  readonly tenants: Set<Tenant>;
  /** What the backend last told of its settings that clients are told of. */
  readonly told: Map<string, Buffer>;
  /** The script of the settings that are in force. */
  inForce: string;
}

/** One client at the backend. Its exchanges come one after the other. */
export interface Tenant {
  readonly user: string;
  readonly names: StatementNames;
  /** What opens the session, after it was let in. */
  readonly welcome: Buffer;
  /** The number and the secret by which it is cancelled. */
  readonly key: { readonly number: number; readonly secret: number };
  /** `sql`: the statements in `bytes`, to see what they change. Answers with what is the client's. */
  exchange(bytes: Buffer, sql: string): Promise<Buffer>;
  /** Forgets everything of the session but its login, as `DISCARD ALL` does. */
  discard(): Promise<Buffer>;
  /** Breaks off what it runs, or its waiting. */
  cancel(): void;
  /** A notification, when the client listens to its channel. */
  hear(channel: string, notification: Buffer): void;
  listensTo(channel: string): boolean;
  readonly left: { readonly temporary: boolean; readonly locks: boolean };
  /** Ends it for resting in a transaction that others wait for. */
  evict(): void;
  /** Rolls back and clears away. */
  leave(): Promise<void>;
}

export interface TenantLogin {
  readonly user: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** Bytes that come unasked. */
  onWord(bytes: Buffer): void;
  onEvict(): void;
}
