import type net from 'node:net';
import { createFrameReader, type Frame } from '../../tap/frames.ts';
import { errorResponse, readStartupPacket } from '../../tap/startup.ts';
import { SettingsRefused } from './as-administrator.ts';
import { BackendRefusal } from './ask.ts';
import { ENDED } from './refusals.ts';
import { packMessage, packQuery } from './wire.ts';

/** What a client speaks with after its login. */
export interface Conversation {
  /** What opens it, after the login was accepted. */
  readonly welcome: Buffer;
  prepare(frame: Frame): Buffer;
  exchange(bytes: Buffer, sql: string): Promise<Buffer>;
  discard(): Promise<Buffer>;
  /** The client has gone: what it runs is broken off. */
  cancel(): void;
  leave(): Promise<void>;
}

export interface Desk {
  /** `null` for a wrong password. Throws `LoginRefused`. */
  open(login: Login): Promise<Conversation>;
  cancel(number: number, secret: number): void;
}

export interface Login {
  readonly user: string;
  readonly database: string;
  readonly password: string;
  readonly parameters: ReadonlyMap<string, string>;
  onWord(bytes: Buffer): void;
  onEvict(): void;
}

export class LoginRefused extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * One client's socket. First its opening packets and its password are read. Then messages are gathered until the client
 * waits for an answer: a simple query, a Sync, a Flush, or the end of what it copies in.
 */
export function serveClient(socket: net.Socket, desk: Desk): void {
  let opening: Buffer = Buffer.alloc(0);
  let parameters: ReadonlyMap<string, string> | null = null;
  let conversation: Conversation | null = null;
  let last: Promise<void> = Promise.resolve();
  let gathered: Buffer[] = [];
  let statements: string[] = [];
  let copying: { readonly sql: string; readonly bytes: Buffer[] } | null = null;

  const say = (bytes: Buffer) => {
    if (!socket.destroyed) socket.write(bytes);
  };
  const then = (work: () => Promise<void>) => {
    last = last.then(work).catch((error: unknown) => {
      if (error instanceof LoginRefused) socket.end(errorResponse(error.code, error.message));
      else if (error instanceof SettingsRefused) socket.end(error.bytes);
      else if (error instanceof BackendRefusal) socket.end(errorResponse(error.code, error.message));
      else socket.end(ENDED);
    });
  };
  const exchange = (bytes: Buffer, sql: string) =>
    then(async () => {
      if (conversation === null || socket.destroyed) return;
      say(await conversation.exchange(bytes, sql));
    });
  const send = () => {
    const [bytes, sql] = [Buffer.concat(gathered), statements.join(';\n')];
    gathered = [];
    statements = [];
    exchange(bytes, sql);
  };

  const simple = (frame: Frame) => {
    const sql = frame.body.toString('utf8', 0, frame.body.length - 1);
    if (DISCARD.test(sql)) {
      then(async () => {
        if (conversation !== null) say(await conversation.discard());
      });
    } else if (COPY_IN.test(sql)) {
      copying = { sql, bytes: [packQuery(sql)] };
      then(async () => say(COPY_IN_RESPONSE));
    } else exchange(packMessage('Q', frame.body), sql);
  };
  const hear = (frame: Frame) => {
    const { type, body } = frame;
    if (conversation === null) {
      if (type === 'p') then(() => logIn(body.toString('utf8', 0, body.length - 1)));
    } else if (type === 'X') socket.end();
    else if (copying !== null && COPY_MESSAGES.has(type)) {
      copying.bytes.push(packMessage(type, body));
      if (type === 'd') return;
      exchange(Buffer.concat(copying.bytes), copying.sql);
      copying = null;
    } else if (type === 'Q') simple(frame);
    else if (!COPY_MESSAGES.has(type)) {
      if (type === 'P')
        statements.push(body.toString('utf8', body.indexOf(0) + 1, body.indexOf(0, body.indexOf(0) + 1)));
      gathered.push(conversation.prepare(frame));
      if (type === 'S' || type === 'H' || type === 'F') send();
    }
  };
  const logIn = async (password: string) => {
    if (parameters === null) return;
    const user = parameters.get('user') ?? '';
    const asked = new Map([...parameters].filter(([name]) => !NO_SETTINGS.has(name)));
    const login = { user, database: parameters.get('database') ?? user, password, parameters: asked };
    conversation = await desk.open({ ...login, onWord: say, onEvict: () => socket.end() });
    if (socket.destroyed) await conversation.leave();
    else say(Buffer.concat([ACCEPTED, conversation.welcome]));
  };

  const reader = createFrameReader(() => Number.POSITIVE_INFINITY, hear);
  const open = (chunk: Buffer): void => {
    opening = Buffer.concat([opening, chunk]);
    for (let found = readStartupPacket(opening); found !== null; found = readStartupPacket(opening)) {
      const { packet, length } = found;
      if (packet.kind === 'cancel') desk.cancel(opening.readInt32BE(8), opening.readInt32BE(12));
      opening = opening.subarray(length);
      if (packet.kind === 'encryption') socket.write('N');
      else if (packet.kind === 'cancel') return void socket.end();
      else {
        parameters = packet.parameters;
        socket.write(PASSWORD_PLEASE);
        return reader.push(opening);
      }
    }
  };
  socket.on('data', (chunk: Buffer) => {
    try {
      if (parameters === null) open(chunk);
      else reader.push(chunk);
    } catch {
      socket.destroy();
    }
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    conversation?.cancel();
    void last.then(() => conversation?.leave()).catch(() => undefined);
  });
}

const DISCARD = /^\s*(discard\s+all|deallocate\s+(prepare\s+)?all)\s*;?\s*$/i;
const COPY_IN = /^\s*copy\b[^;]*\bfrom\s+stdin\b/i;
const COPY_MESSAGES: ReadonlySet<string> = new Set(['d', 'c', 'f']);
const NO_SETTINGS: ReadonlySet<string> = new Set([
  ...['user', 'database', 'replication', 'options'],
  ...['role', 'session_authorization'],
]);

const ACCEPTED = packMessage('R', Buffer.from([0, 0, 0, 0]));
const PASSWORD_PLEASE = packMessage('R', Buffer.from([0, 0, 0, 3]));
/** As text; the columns are not known before the data have come. */
const COPY_IN_RESPONSE = packMessage('G', Buffer.from([0, 0, 0]));
