import type net from 'node:net';
import type { Conversation } from './conversation.ts';
import { createFrameReader, type FrameReader } from './frames.ts';
import { createOwnStatement, type OwnStatement, withSettings } from './own-statement.ts';
import { cancelPacket, errorResponse, readStartupPacket, type StartupPacket } from './startup.ts';
import type { TapTarget } from './target.ts';
import { connectUpstream } from './upstream.ts';

export interface TappedConnection {
  readonly isBusy: boolean;
  /** Runs a statement of ours on the client's session as soon as it rests. Rejects when the server refuses it. */
  ask(sql: string): Promise<void>;
  /** Ends both sides at once. */
  cut(): void;
}

export interface ConnectionEvents {
  /** After anything that may have ended the last open statement. */
  readonly onProgress: () => void;
  readonly onFault: (error: Error) => void;
  readonly onEnd: () => void;
}

/**
 * One client and the server behind it.
 *
 * First the client's opening packets are read: encryption is declined, a request to cancel is handed on, and a login
 * is let through only as the target's role to the target's database. From then on every byte goes on as it came, in
 * both directions, and is read on its way: the client's before the server sees it, so that no answer comes unexpected.
 * A bug in the reading ends the reading, never the flow.
 *
 * A client that goes away in the middle of a statement was killed: the server is asked to cancel what it is doing,
 * because it would notice only when it next writes.
 */
export function tapConnection(
  client: net.Socket,
  target: TapTarget,
  conversation: Conversation,
  settings: ReadonlyMap<string, string>,
  events: ConnectionEvents,
): TappedConnection {
  let upstream: net.Socket | null = null;
  let own: OwnStatement | null = null;
  const waiting = new Set<() => void>();
  let opening: Buffer = Buffer.alloc(0);
  let cancelKey: Buffer | null = null;
  let isDecoding = true;
  let hasEnded = false;

  const cut = () => {
    if (hasEnded) return;
    hasEnded = true;
    client.destroy();
    upstream?.destroy();
    conversation.end();
    wake();
    events.onEnd();
  };
  const wake = () => [...waiting].forEach((look) => look());
  const until = (condition: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!condition() && !hasEnded) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  const refuse = (code: string, message: string) => {
    client.end(errorResponse(code, message));
    client.resume();
  };

  const decode = (reader: FrameReader, chunk: Buffer) => {
    if (!isDecoding) return;
    try {
      reader.push(chunk);
    } catch (error) {
      isDecoding = false;
      conversation.end();
      events.onFault(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const clientReader = createFrameReader(
    (type) => (ASKING.has(type) ? LONGEST_KEPT : 0),
    conversation.fromClient,
  );
  const serverReader = createFrameReader(
    (type) => (ANSWERING.has(type) ? LONGEST_KEPT : 0),
    (frame) => {
      if (frame.type === 'K') cancelKey = Buffer.from(frame.body);
      conversation.fromServer(frame);
    },
  );

  const join = (server: net.Socket, first: Buffer, rest: Buffer) => {
    server.write(withSettings(first, settings));
    const fromClient = (chunk: Buffer) => {
      decode(clientReader, chunk);
      pass(chunk, client, server);
    };
    server.on('data', (chunk: Buffer) => {
      const theirs = own === null ? chunk : own.push(chunk);
      decode(serverReader, theirs);
      pass(theirs, server, client);
      wake();
      events.onProgress();
    });
    server.on('end', () => client.end());
    server.on('close', () => client.destroySoon());
    server.on('error', () => client.destroySoon());
    client.on('data', fromClient);
    client.on('end', () => {
      if (conversation.isBusy && cancelKey !== null) void sendCancel(target, cancelPacket(cancelKey));
      server.end();
    });
    if (rest.length > 0) fromClient(rest);
    client.resume();
  };

  const goUpstream = async (packet: Buffer, rest: Buffer) => {
    client.off('data', onOpening);
    client.pause();
    try {
      upstream = await connectUpstream(target.address);
    } catch (error) {
      refuse('57P03', unreachable(error));
      return;
    }
    if (hasEnded) upstream.destroy();
    else join(upstream, packet, rest);
  };

  const onOpening = (chunk: Buffer) => {
    opening = Buffer.concat([opening, chunk]);
    try {
      for (let found = readStartupPacket(opening); found !== null; found = readStartupPacket(opening)) {
        const { packet, length } = found;
        const bytes = opening.subarray(0, length);
        opening = opening.subarray(length);
        if (packet.kind === 'encryption') client.write('N');
        else if (packet.kind === 'cancel' || admits(target, packet)) return void goUpstream(bytes, opening);
        else return refuse('28000', onlyFor(target));
      }
    } catch {
      cut();
    }
  };

  const ask = async (sql: string) => {
    await until(() => !isDecoding || (upstream !== null && own === null && conversation.isResting));
    if (hasEnded || upstream === null) return;
    if (!isDecoding) throw new Error(`nobody knows when this session rests, so ${sql} was not sent`);
    const statement = createOwnStatement(sql);
    own = statement;
    client.pause();
    upstream.write(statement.packet);
    await until(() => statement.isDone);
    own = null;
    client.resume();
    if (statement.refusal !== null) throw new Error(`the server refused ${sql}: ${statement.refusal}`);
  };

  client.on('data', onOpening);
  client.on('error', cut);
  client.on('close', cut);
  client.on('end', () => {
    if (upstream === null) client.end();
  });
  return {
    get isBusy() {
      return conversation.isBusy;
    },
    ask,
    cut,
  };
}

/** Waits with the one side while the other is full. */
function pass(chunk: Buffer, from: net.Socket, to: net.Socket): void {
  if (chunk.length === 0 || to.destroyed || to.write(chunk)) return;
  from.pause();
  to.once('drain', () => from.resume());
}

function admits({ role, database }: TapTarget, packet: StartupPacket): boolean {
  if (packet.kind !== 'login') return false;
  const user = packet.parameters.get('user');
  return (
    user === role &&
    (packet.parameters.get('database') ?? user) === database &&
    !packet.parameters.has('replication')
  );
}

async function sendCancel(target: TapTarget, packet: Buffer): Promise<void> {
  const server = await connectUpstream(target.address).catch(() => null);
  server?.on('error', () => undefined);
  server?.end(packet);
  server?.resume();
}

/** Letters of the messages that are read to their end; of all others only the length matters. */
const ASKING = new Set('QPBDEC');
const ANSWERING = new Set('CENK');

/** Bytes of one message. */
const LONGEST_KEPT = 1024 * 1024;

const onlyFor = ({ role, database }: TapTarget) =>
  `this connection is for the role "${role}" and the database "${database}" only; use DATABASE_URL as it is given`;
const unreachable = (error: unknown) =>
  `the clinic's database can't be reached: ${error instanceof Error ? error.message : String(error)}`;
