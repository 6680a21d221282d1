import { readBody } from './body.ts';

/** The first packets of a connection have no letter: a length that counts itself, a code, and what the code says. */
export type StartupPacket =
  | { readonly kind: 'encryption' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'login'; readonly parameters: ReadonlyMap<string, string> };

/** The packet at the front of `bytes` and how long it is; `null` when more must come. Throws on what is none. */
export function readStartupPacket(bytes: Buffer): { packet: StartupPacket; length: number } | null {
  if (bytes.length < 8) return null;
  const length = bytes.readInt32BE(0);
  if (length < 8 || length > LONGEST)
    throw new Error(`a first packet of ${length} bytes is none of PostgreSQL's`);
  if (bytes.length < length) return null;
  const code = bytes.readInt32BE(4);
  if (code === SSL_REQUEST || code === GSS_REQUEST) return { packet: { kind: 'encryption' }, length };
  if (code === CANCEL_REQUEST) return { packet: { kind: 'cancel' }, length };
  return { packet: { kind: 'login', parameters: readLogin(bytes.subarray(8, length)) }, length };
}

function readLogin(body: Buffer): ReadonlyMap<string, string> {
  const reader = readBody(body);
  const parameters = new Map<string, string>();
  for (let name = reader.text(); name !== ''; name = reader.text()) parameters.set(name, reader.text());
  return parameters;
}

/** A fatal error in the server's form. */
export function errorResponse(code: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`);
  const header = Buffer.alloc(5);
  header.write('E');
  header.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([header, fields]);
}

export function cancelPacket(key: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeInt32BE(head.length + key.length, 0);
  head.writeInt32BE(CANCEL_REQUEST, 4);
  return Buffer.concat([head, key]);
}

export const sslRequest = (): Buffer => {
  const packet = Buffer.alloc(8);
  packet.writeInt32BE(8, 0);
  packet.writeInt32BE(SSL_REQUEST, 4);
  return packet;
};

/** PostgreSQL's own limit. */
const LONGEST = 10_000;
const CANCEL_REQUEST = 80877102;
const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;
