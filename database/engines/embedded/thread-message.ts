import type { LogRange, Snapshot } from './snapshot.ts';

/** What a thread is started with. */
export interface ThreadStart {
  /** PostgreSQL, compiled once for all threads. */
  readonly program: object;
  readonly bundle: SharedArrayBuffer;
  /** One number: when the backend wants to be woken, in milliseconds of `Date.now()`; 0 is never. */
  readonly alarm: SharedArrayBuffer;
  /** Without data of its own to begin from it prepares new data. */
  readonly fromNothing: boolean;
}

export type ThreadOrder =
  | { readonly type: 'load'; readonly snapshot: Snapshot }
  | {
      readonly type: 'run';
      /** By which a signal is for this run and for no later one. */
      readonly number: number;
      readonly bytes: Uint8Array;
      readonly isGuarded: boolean;
    }
  | { readonly type: 'snapshot'; readonly log: LogRange };

export type ThreadReport =
  | { readonly type: 'warm' }
  | { readonly type: 'ready'; readonly greeting: Uint8Array }
  | { readonly type: 'ran'; readonly bytes: Uint8Array }
  | { readonly type: 'snapshot'; readonly snapshot: Snapshot };
