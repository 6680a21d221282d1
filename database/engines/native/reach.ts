import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Account } from './account.ts';

/** Whether `account` may walk into this folder: each folder above must let it through. `null` is ourselves, who made it. */
export async function canReach(folder: string, account: Account | null): Promise<boolean> {
  if (account === null) return true;
  let place = await realpath(folder);
  for (;;) {
    const { mode, uid, gid } = await stat(place);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    const above = path.dirname(place);
    if (above === place) return true;
    place = above;
  }
}
