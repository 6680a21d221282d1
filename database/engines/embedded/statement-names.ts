import type { Frame } from '../../tap/frames.ts';
import { packMessage, readFieldsOf, type WireMessage } from './wire.ts';

/**
 * Prepared statements have names of their client's own choosing, and one backend holds those of all clients: each name
 * goes in with the client's number before it. Portals need none: they end with their transaction, during which no other
 * client has the backend.
 */
export interface StatementNames {
  /** The message with its statement's name changed. */
  inward(frame: Frame): Buffer;
  /** An error that quotes a name, with the name as the client knows it. */
  outward(message: WireMessage): Buffer;
  /** Whether the client has prepared anything by a name. */
  readonly isUsed: boolean;
  /** Closes all that the client prepared. */
  closing(): Buffer;
}

export function createStatementNames(client: number): StatementNames {
  const prefix = `client ${client} `;
  const known = new Set<string>();
  return {
    inward({ type, body }) {
      const place = placeOfName(type, body);
      if (place === null) return packMessage(type, body);
      const end = body.indexOf(0, place);
      if (end <= place) return packMessage(type, body);
      const name = body.toString('utf8', place, end);
      if (type === 'P') known.add(name);
      if (type === 'C') known.delete(name);
      return packMessage(type, body.subarray(0, place), prefix, body.subarray(place));
    },
    outward({ type, body, bytes }) {
      if (type !== 'E' || !body.includes(prefix)) return bytes;
      const fields = [...readFieldsOf(body)].map(
        ([letter, text]) => `${letter}${text.replaceAll(prefix, '')}\0`,
      );
      return packMessage('E', ...fields, '\0');
    },
    get isUsed() {
      return known.size > 0;
    },
    closing() {
      const closes = [...known].map((name) => packMessage('C', `S${prefix}${name}\0`));
      known.clear();
      return Buffer.concat([...closes, packMessage('S')]);
    },
  };
}

function placeOfName(type: string, body: Buffer): number | null {
  if (type === 'P') return 0;
  if (type === 'B') return body.indexOf(0) + 1;
  if (type === 'D' || type === 'C') return body[0] === STATEMENT ? 1 : null;
  return null;
}

const STATEMENT = 'S'.charCodeAt(0);
