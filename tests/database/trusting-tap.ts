import { openTap, type Tap, type TappedStatement, type TapTarget } from '../../database/tap.ts';
import { connectRaw, login, type RawClient } from './raw-client.ts';

/**
 * A tap that forwards as the administrator, whom the server asks for no password: so a test can speak the protocol by
 * hand without SCRAM. The tap knows no difference.
 */
export async function openTrustingTap({ address, database }: TapTarget): Promise<Tap> {
  return openTap({ address, database, role: address.user, password: '' });
}

export async function loginRaw(tap: Tap, { address, database }: TapTarget): Promise<RawClient> {
  const client = await connectRaw(tap.url);
  client.send(login(address.user, database));
  await client.until('Z');
  return client;
}

export interface Told {
  readonly sql: string;
  readonly parameters: readonly (string | null)[];
  readonly rows: number;
  readonly tag: string | null;
  readonly error: string | null;
}

/** What a test compares: everything but numbers and times. */
export async function told(tap: Tap): Promise<readonly Told[]> {
  await tap.idle();
  return tap.take().map(({ sql, parameters, rows, tag, error }: TappedStatement) => ({
    sql,
    parameters,
    rows,
    tag,
    error: error?.code ?? null,
  }));
}
