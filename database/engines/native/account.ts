import { readFile } from 'node:fs/promises';
import { WorkshopError } from '../../../model/workshop-error.ts';

/** The user that PostgreSQL runs as. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** `null`: our own user will do. PostgreSQL refuses to run as root, so root gets an unprivileged account that exists. */
export async function chooseAccount(
  uid: number | undefined = process.getuid?.(),
  passwordFile = '/etc/passwd',
): Promise<Account | null> {
  if (uid !== 0) return null;
  const lines = (await readFile(passwordFile, 'utf8').catch(() => ''))
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of CANDIDATES) {
    const entry = lines.find((fields) => fields[0] === name);
    const account = { uid: Number(entry?.[2]), gid: Number(entry?.[3]) };
    if (account.uid > 0 && account.gid > 0) return account;
  }
  throw new WorkshopError('NO_UNPRIVILEGED_ACCOUNT', NO_ACCOUNT, { remedy: NO_ACCOUNT_REMEDY });
}

const CANDIDATES = ['postgres', 'node', 'nobody'];
const NO_ACCOUNT =
  'PostgreSQL was to be started, but this is the user root, whom PostgreSQL refuses, and none of the accounts ' +
  `${CANDIDATES.join(', ')} exists in /etc/passwd.`;
const NO_ACCOUNT_REMEDY =
  'Run `useradd --system postgres` and start again, or start as a user who is not root.';
