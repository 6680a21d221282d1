import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * Ends every process that a clinic started and that left its process group, so that no kill of the group reached it.
 * It is known by what it inherited: a scratch copy in `folder` as its home or its place. Answers how many there were.
 * Only where the system tells (Linux); one that gives up both is not found. To look at every process takes 20 ms and
 * more: `youngerThan` is the number of one that is older than any that is looked for.
 */
export function endStragglers(folder: string, { youngerThan = 1 } = {}): number {
  let ended = 0;
  // One that was forking just now has a child that this look did not see.
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const found = stragglers(folder, youngerThan);
    if (found.length === 0) break;
    for (const pid of found) ended += end(pid) ? 1 : 0;
  }
  return ended;
}

function stragglers(folder: string, youngerThan: number): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > youngerThan && pid !== process.pid && cameFrom(pid, folder));
}

/** Another user's process, and one that has ended, can't be asked: it is none of ours. */
function cameFrom(pid: number, folder: string): boolean {
  try {
    if (`${readlinkSync(`/proc/${pid}/cwd`)}/`.startsWith(`${folder}/`)) return true;
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
    return environment.some((entry) => `${entry}/`.startsWith(`HOME=${folder}/`));
  } catch {
    return false;
  }
}

function end(pid: number): boolean {
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}

const MOST_ROUNDS = 5;
