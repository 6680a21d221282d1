import { randomBytes, scryptSync } from 'node:crypto';

/** All doctors of the demonstration log in with this. */
export const DEMONSTRATION_PASSWORD = 'second-opinion';

/** As the clinic stores it: `scrypt$cost$salt$hash`, salt and hash in hexadecimal. */
export function hashDemonstrationPassword(): string {
  const salt = randomBytes(16);
  const hash = scryptSync(DEMONSTRATION_PASSWORD, salt, 32, { N: COST });
  return `scrypt$${COST}$${salt.toString('hex')}$${hash.toString('hex')}`;
}

/** Low, because a password that every guide prints needs no protection, and each run of a judge logs in. */
const COST = 1024;
