/** One message of the server, whole: `bytes` is how it goes over the wire. */
export interface WireMessage {
  readonly type: string;
  readonly body: Buffer;
  readonly bytes: Buffer;
}

/** What the backend answered, message by message. Throws when it is cut in the middle of one. */
export function readMessages(bytes: Buffer): readonly WireMessage[] {
  const messages: WireMessage[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 1 + bytes.readInt32BE(at + 1);
    if (end > bytes.length) throw new Error('the embedded database answered half a message');
    messages.push({
      type: String.fromCharCode(bytes[at] ?? 0),
      body: bytes.subarray(at + 5, end),
      bytes: bytes.subarray(at, end),
    });
    at = end;
  }
  return messages;
}

export function packMessage(type: string, ...parts: readonly (Buffer | string)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  const header = Buffer.alloc(5);
  header.write(type, 'latin1');
  header.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([header, body]);
}

export const packQuery = (sql: string): Buffer => packMessage('Q', `${sql}\0`);
export const packReady = (status: TransactionStatus): Buffer => packMessage('Z', status);

/** `I` idle, `T` in a transaction, `E` in one that has failed. */
export type TransactionStatus = 'I' | 'T' | 'E';

export interface ErrorFields {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** `FATAL` ends the session. */
  readonly severity?: 'ERROR' | 'FATAL';
}

export function packError({ code, message, hint, severity = 'ERROR' }: ErrorFields): Buffer {
  const told = hint === undefined ? '' : `H${hint}\0`;
  return packMessage('E', `S${severity}\0V${severity}\0C${code}\0M${message}\0${told}\0`);
}

/** The fields of an error or a notice by their letters. */
export function readFieldsOf(body: Buffer): ReadonlyMap<string, string> {
  const parts = body.toString('utf8').split('\0');
  return new Map(parts.filter((part) => part !== '').map((part) => [part.slice(0, 1), part.slice(1)]));
}

export function readRow(body: Buffer): readonly (string | null)[] {
  const values: (string | null)[] = [];
  let at = 2;
  for (let left = body.readInt16BE(0); left > 0; left -= 1) {
    const length = body.readInt32BE(at);
    at += 4;
    values.push(length < 0 ? null : body.toString('utf8', at, at + length));
    at += Math.max(0, length);
  }
  return values;
}

/** One row of one column of text, as an answer to a simple query. */
export function packAnswer(text: string): Buffer {
  const column = Buffer.alloc(18);
  column.writeInt32BE(TEXT_TYPE, 6);
  column.writeInt16BE(-1, 10);
  column.writeInt32BE(-1, 12);
  const value = Buffer.from(text);
  const [one, length] = [Buffer.from([0, 1]), Buffer.alloc(4)];
  length.writeInt32BE(value.length);
  return Buffer.concat([
    packMessage('T', one, 'answer\0', column),
    packMessage('D', one, length, value),
    packMessage('C', 'SELECT 1\0'),
    packReady('I'),
  ]);
}

/** The number of `text` among PostgreSQL's types. */
const TEXT_TYPE = 25;
