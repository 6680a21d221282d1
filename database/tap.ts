import { WorkshopError } from '../model/workshop-error.ts';
import type { TapTarget } from './tap/target.ts';
import type { TappedStatement } from './tap/tapped-statement.ts';

export type { TapTarget } from './tap/target.ts';
export type { TappedStatement } from './tap/tapped-statement.ts';

/** A stand-in for one database on 127.0.0.1 that forwards every byte and keeps what was executed. */
export interface Tap {
  /** `postgres://role:password@127.0.0.1:PORT/database`, for any client. */
  readonly url: string;
  /** How many connections are open now. */
  readonly connections: number;
  /** The first bug in our own decoding, if there was one: bytes still flowed, statements may be missing. */
  readonly fault: Error | null;
  /** The statements begun since the last call, oldest first; call `idle` before to have them finished. */
  take(): readonly TappedStatement[];
  /** Resolves when no statement is in flight; at once when none is. */
  idle(): Promise<void>;
  /** New connections go to `target`, and those to the old one are cut. The url's port stays. */
  retarget(target: TapTarget): void;
  close(): Promise<void>;
}

export async function openTap(_target: TapTarget): Promise<Tap> {
  throw new WorkshopError('ENGINE_UNAVAILABLE', 'No tap is built yet.', { remedy: 'Wait for the next commit.' });
}
