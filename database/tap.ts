import { once } from 'node:events';
import net from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { type TappedConnection, tapConnection } from './tap/connection.ts';
import { createConversation } from './tap/conversation.ts';
import { settingStatement } from './tap/own-statement.ts';
import { createLedger } from './tap/ledger.ts';
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
  /** Resolves when no statement is in flight, after a turn of the event loop for what has already arrived. */
  idle(): Promise<void>;
  /** Changes a setting in every session, open or to come, unseen by the client and by `take`. Rejects when the server refuses. */
  configure(setting: string, value: string): Promise<void>;
  /** New connections go to `target`, and those to the old one are cut. The url's port stays. */
  retarget(target: TapTarget): void;
  close(): Promise<void>;
}

export async function openTap(first: TapTarget): Promise<Tap> {
  let target = first;
  let fault: Error | null = null;
  let count = 0;
  const open = new Set<TappedConnection>();
  const waiting = new Set<() => void>();
  const settings = new Map<string, string>();
  const ledger = createLedger((error) => (fault ??= error));

  const isIdle = () => ![...open].some((connection) => connection.isBusy);
  const wake = () => {
    if (waiting.size === 0 || !isIdle()) return;
    for (const resolve of waiting) resolve();
    waiting.clear();
  };
  const accept = (client: net.Socket) => {
    client.setNoDelay(true);
    client.setKeepAlive(true);
    const connection = tapConnection(client, target, createConversation(++count, ledger), settings, {
      onProgress: wake,
      onFault: (error) => {
        fault ??= error;
        wake();
      },
      onEnd: () => {
        open.delete(connection);
        wake();
      },
    });
    open.add(connection);
  };
  const cutAll = () => {
    for (const connection of [...open]) connection.cut();
  };

  // A client may say its last word and still listen for the answer.
  const server = net.createServer({ allowHalfOpen: true }, accept);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  let closing: Promise<unknown> | null = null;

  return {
    get url() {
      const login = `${encodeURIComponent(target.role)}:${encodeURIComponent(target.password)}`;
      return `postgres://${login}@127.0.0.1:${port}/${encodeURIComponent(target.database)}`;
    },
    get connections() {
      return open.size;
    },
    get fault() {
      return fault;
    },
    take: () => ledger.take(),
    async idle() {
      await turn();
      if (isIdle()) return;
      await new Promise<void>((resolve) => waiting.add(resolve));
    },
    async configure(setting, value) {
      const statement = settingStatement(setting, value);
      settings.set(setting, value);
      await Promise.all([...open].map((connection) => connection.ask(statement)));
    },
    retarget(next) {
      target = next;
      cutAll();
    },
    async close() {
      closing ??= new Promise((resolve) => server.close(resolve));
      cutAll();
      await closing;
    },
  };
}
