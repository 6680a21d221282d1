import { readdir, readFile, readlink } from 'node:fs/promises';

/** An address on which a process waits for connections, as /proc/net spells it, with its port. */
export interface Listener {
  readonly pid: number;
  readonly address: string;
  readonly port: number;
}

/** Of these processes, TCP over IPv4 and IPv6. */
export async function listenersOf(pids: readonly number[]): Promise<Listener[]> {
  const owners = new Map<string, number>();
  for (const pid of pids) for (const inode of await socketsOf(pid)) owners.set(inode, pid);
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
  );
  return tables
    .flatMap((table) => table.split('\n').slice(1))
    .flatMap((line) => {
      const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
      const pid = owners.get(inode);
      const [address = '', port = ''] = local.split(':');
      return state === LISTEN && pid !== undefined ? [{ pid, address, port: Number.parseInt(port, 16) }] : [];
    });
}

/** 127.0.0.1, least significant byte first. */
export const LOOPBACK = '0100007F';

async function socketsOf(pid: number): Promise<string[]> {
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder).catch(() => []);
  const targets = await Promise.all(names.map((name) => readlink(`${folder}/${name}`).catch(() => '')));
  return targets.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []);
}

const LISTEN = '0A';
