import type { EngineAddress } from '../engine-address.ts';

/** One database as the clinic sees it: what a tap forwards to, and as whom. */
export interface TapTarget {
  readonly address: EngineAddress;
  readonly database: string;
  readonly role: string;
  readonly password: string;
}
