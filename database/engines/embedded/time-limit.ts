import type { Instance } from './instance.ts';
import { packMessage, readFieldsOf, type WireMessage } from './wire.ts';

/** Runs messages under the session's `statement_timeout`, whose timer inside of the backend is not always started. */
export async function runWithin(
  instance: Instance,
  bytes: Buffer,
  limit: string | undefined,
): Promise<{ readonly answer: Buffer; readonly isOver: boolean }> {
  const milliseconds = millisecondsOf(limit ?? '0');
  let isOver = false;
  const timer =
    milliseconds === 0
      ? undefined
      : setTimeout(() => {
          isOver = true;
          instance.cancel();
        }, milliseconds);
  try {
    return { answer: await instance.run(bytes, { isGuarded: true }), isOver };
  } finally {
    clearTimeout(timer);
  }
}

/** What a server says when the time is over. */
export function asTimeLimit(message: WireMessage): WireMessage {
  if (message.type !== 'E') return message;
  const fields = readFieldsOf(message.body);
  if (fields.get('C') !== '57014') return message;
  const told = new Map([...fields, ['M', 'canceling statement due to statement timeout']]);
  const bytes = packMessage('E', ...[...told].map(([letter, text]) => `${letter}${text}\0`), '\0');
  return { type: 'E', body: bytes.subarray(5), bytes };
}

/** As PostgreSQL writes a time: `300ms`, `8s`, `1min`; a number alone is milliseconds. */
function millisecondsOf(text: string): number {
  const [, amount, unit] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/.exec(text) ?? [];
  return Number(amount ?? 0) * (UNITS[unit ?? ''] ?? 1);
}

const UNITS: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
