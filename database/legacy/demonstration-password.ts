import { randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';

/** All doctors of the demonstration log in with this. */
export const DEMONSTRATION_PASSWORD = 'second-opinion';

/** As the clinic stores it: `scrypt$salt$hash`, both in hexadecimal. */
export async function hashDemonstrationPassword(): Promise<string> {
  const salt = randomBytes(16);
  const hash = (await promisify(scrypt)(DEMONSTRATION_PASSWORD, salt, 32)) as Buffer;
  return `scrypt$${salt.toString('hex')}$${hash.toString('hex')}`;
}
