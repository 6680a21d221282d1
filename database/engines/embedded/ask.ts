import type { Instance } from './instance.ts';
import { packQuery, readFieldsOf, readMessages, readRow } from './wire.ts';

/** A question of our own to a backend at rest: its rows as text. Throws `BackendRefusal`. */
export async function ask(
  instance: Instance,
  sql: string,
  options?: { readonly isGuarded: boolean },
): Promise<readonly (readonly (string | null)[])[]> {
  const messages = readMessages(await instance.run(packQuery(sql), options));
  const refused = messages.find(({ type }) => type === 'E');
  if (refused !== undefined) throw new BackendRefusal(readFieldsOf(refused.body));
  return messages.filter(({ type }) => type === 'D').map(({ body }) => readRow(body));
}

export class BackendRefusal extends Error {
  /** SQLSTATE. */
  readonly code: string;

  constructor(fields: ReadonlyMap<string, string>) {
    super(fields.get('M') ?? 'refused');
    this.code = fields.get('C') ?? 'XX000';
  }
}

export const quoteText = (text: string) => `'${text.replaceAll("'", "''")}'`;
export const quoteName = (name: string) => `"${name.replaceAll('"', '""')}"`;
