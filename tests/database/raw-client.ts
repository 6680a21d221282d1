import { once } from 'node:events';
import net from 'node:net';

/** A socket to a tap that speaks the protocol by hand. */
export interface RawClient {
  readonly socket: net.Socket;
  send(...messages: readonly Buffer[]): void;
  /** Letters of the messages that came, up to and with the next one of `letter`; all of them up to the end for `null`. */
  until(letter: string | null): Promise<string>;
  /** The text of everything that came since the connection began. */
  readonly text: string;
}

export async function connectRaw(url: string): Promise<RawClient> {
  const { hostname, port } = new URL(url);
  const socket = net.connect(Number(port), hostname);
  await once(socket, 'connect');
  let bytes: Buffer = Buffer.alloc(0);
  let read = 0;
  let hasEnded = false;
  socket.on('data', (chunk: Buffer) => (bytes = Buffer.concat([bytes, chunk])));
  socket.on('close', () => (hasEnded = true));
  socket.on('error', () => undefined);

  const next = (): string | null => {
    if (bytes.length < read + 5) return null;
    const end = read + 1 + bytes.readInt32BE(read + 1);
    if (bytes.length < end) return null;
    const letter = String.fromCharCode(bytes[read] ?? 0);
    read = end;
    return letter;
  };
  return {
    socket,
    send: (...messages) => void socket.write(Buffer.concat(messages)),
    async until(wanted) {
      let letters = '';
      for (;;) {
        const letter = next();
        if (letter !== null) letters += letter;
        if (letter === wanted && wanted !== null) return letters;
        if (letter !== null) continue;
        if (hasEnded) return letters;
        await Promise.race([once(socket, 'data'), once(socket, 'close')]);
      }
    },
    get text() {
      return bytes.toString();
    },
  };
}

export function message(letter: string, ...parts: readonly (string | number | Buffer)[]): Buffer {
  const body = Buffer.concat(parts.map(encode));
  const head = Buffer.alloc(letter.length + 4);
  head.write(letter);
  head.writeInt32BE(body.length + 4, letter.length);
  return Buffer.concat([head, body]);
}

/** Text ends in a zero byte; a number has two bytes. */
function encode(part: string | number | Buffer): Buffer {
  if (typeof part === 'string') return Buffer.from(`${part}\0`);
  if (typeof part !== 'number') return part;
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(part);
  return bytes;
}

export const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};

export const login = (user: string, database: string): Buffer =>
  message('', int32(196_608), 'user', user, 'database', database, '');
export const encryptionRequest = (): Buffer => message('', int32(80_877_103));
export const parse = (name: string, sql: string): Buffer => message('P', name, sql, 0);
export const bind = (portal: string, name: string, ...values: readonly string[]): Buffer =>
  message(
    'B',
    portal,
    name,
    0,
    values.length,
    ...values.flatMap((v) => [int32(Buffer.byteLength(v)), Buffer.from(v)]),
    0,
  );
export const execute = (portal: string, rows = 0): Buffer => message('E', portal, int32(rows));
export const sync = (): Buffer => message('S');
export const query = (sql: string): Buffer => message('Q', sql);
