import { createFrameReader } from './frames.ts';
import { readFields } from './body.ts';

/** A statement of the tap's own on a client's session. The client hears nothing of it but what it changed. */
export interface OwnStatement {
  /** What is sent to the server. */
  readonly packet: Buffer;
  /** Takes what the server sends; answers what of it is the client's. */
  push(chunk: Buffer): Buffer;
  readonly isDone: boolean;
  /** The server's refusal; `null` when there was none. */
  readonly refusal: string | null;
}

/** A simple query. To be sent while the server owes the client nothing, or the answers mix. */
export function createOwnStatement(sql: string): OwnStatement {
  let passedOn: Buffer[] = [];
  let isDone = false;
  let refusal: string | null = null;
  const reader = createFrameReader(
    () => Number.POSITIVE_INFINITY,
    ({ type, body }) => {
      if (isDone || !OURS.has(type)) passedOn.push(message(type, body));
      else if (type === 'E') refusal = readFields(body).get('M') ?? 'refused';
      else if (type === 'Z') isDone = true;
    },
  );
  return {
    packet: message('Q', Buffer.from(`${sql}\0`)),
    push(chunk) {
      passedOn = [];
      reader.push(chunk);
      return Buffer.concat(passedOn);
    },
    get isDone() {
      return isDone;
    },
    get refusal() {
      return refusal;
    },
  };
}

/** `SET name = 'value'`. Throws on what needs quoting: no setting of ours does. */
export function settingStatement(name: string, value: string): string {
  if (!/^[a-z_.]+$/.test(name) || !/^[\w .,-]*$/.test(value))
    throw new Error(`"${name}" = "${value}" is no plain setting`);
  return `SET ${name} = '${value}'`;
}

/** The opening packet of a login with settings added, which the session then begins with. */
export function withSettings(packet: Buffer, settings: ReadonlyMap<string, string>): Buffer {
  if (settings.size === 0) return packet;
  const added = Buffer.from([...settings].map(([name, value]) => `${name}\0${value}\0`).join('') + '\0');
  const whole = Buffer.concat([packet.subarray(0, -1), added]);
  whole.writeInt32BE(whole.length, 0);
  return whole;
}

function message(type: string, body: Buffer): Buffer {
  const header = Buffer.alloc(5);
  header.write(type);
  header.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([header, body]);
}

/** The answers to a statement. Notices, notifications and ParameterStatus are the client's. */
const OURS = new Set('TDCIEZ');
