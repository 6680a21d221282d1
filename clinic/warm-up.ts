import { scrypt, webcrypto } from 'node:crypto';
import { promisify } from 'node:util';
import { visitPages } from './warm-up/pages.ts';
import { askQueries } from './warm-up/queries.ts';

/** What a waiting process does with its time. */
export interface WarmUp {
  /** Stops it, wherever it is, and resolves when nothing of it is left. */
  end(): Promise<void>;
}

/**
 * Answers pages and asks queries of its own, so that the clinic need not be the first: without it a process takes 40 to
 * 80 ms for its first page and as long again for its first login, with it 17 and 35 (measured on Node 20), because
 * nothing of express, node:http and pg was compiled yet. It takes about 0.1 s of one core and ends before a clinic is loaded.
 */
export function startWarmUp(): WarmUp {
  const ending = new AbortController();
  // A warm-up that fails leaves a cold process and no more.
  const done = Promise.allSettled([visitPages(ending.signal), askQueries(ending.signal), derivePasswords()]);
  return {
    async end() {
      ending.abort();
      await done;
    },
  };
}

/** What a login needs: the derivation of the demonstration's passwords, and of the database's. */
async function derivePasswords(): Promise<void> {
  await promisify(scrypt)('nobody', 'salt', 16);
  const key = await webcrypto.subtle.importKey('raw', Buffer.from('nobody'), 'PBKDF2', false, ['deriveBits']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: Buffer.from('salt'), iterations: 16 };
  await webcrypto.subtle.deriveBits(how, key, 256);
}
