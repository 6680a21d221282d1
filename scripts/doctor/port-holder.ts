import { readdir, readFile, readlink } from 'node:fs/promises';
import { findProgram, outputOf, type Search } from './program.ts';

/** The program that listens on a port, `node (process 4242)`; `null` when the system does not tell us. */
export async function holderOf(
  port: number,
  search: Search & { readonly signal: AbortSignal },
): Promise<string | null> {
  if (search.platform === 'linux') return holderOnLinux(port);
  if (search.platform === 'win32') return holderOnWindows(port, search);
  return parseLsof(await ask('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], search));
}

async function holderOnLinux(port: number): Promise<string | null> {
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
  );
  const sockets = new Set(
    tables.flatMap((table) => listeningSockets(table, port)).map((inode) => `socket:[${inode}]`),
  );
  if (sockets.size === 0) return null;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const file of files) {
      const target = await readlink(`/proc/${pid}/fd/${file}`).catch(() => '');
      if (sockets.has(target)) return named(await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => ''), pid);
    }
  }
  return null;
}

/** Inodes of what listens (state 0A) on that port, in the words of `/proc/net/tcp`. */
export function listeningSockets(table: string, port: number): string[] {
  const hexadecimal = port.toString(16).toUpperCase().padStart(4, '0');
  return table.split('\n').flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const isIt = fields[1]?.endsWith(`:${hexadecimal}`) === true && fields[3] === '0A';
    return isIt && fields[9] !== undefined ? [fields[9]] : [];
  });
}

/** `lsof -F`: a line for each field, `p` before the number and `c` before the name. */
export function parseLsof(output: string | null): string | null {
  const pid = /^p(\d+)$/m.exec(output ?? '')?.[1];
  const name = /^c(.+)$/m.exec(output ?? '')?.[1];
  return pid === undefined ? null : named(name ?? '', pid);
}

async function holderOnWindows(port: number, search: Parameters<typeof ask>[2]): Promise<string | null> {
  const pid = parseNetstat(await ask('netstat', ['-ano', '-p', 'TCP'], search), port);
  if (pid === null) return null;
  const list = await ask('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'], search);
  return named(/^"([^"]+)"/m.exec(list ?? '')?.[1] ?? '', pid);
}

/** The words for the state are translated; a listener has the foreign address with port 0 in every language. */
export function parseNetstat(output: string | null, port: number): string | null {
  for (const line of (output ?? '').split(/\r?\n/)) {
    const [protocol, local, foreign, ...rest] = line.trim().split(/\s+/);
    if (protocol === 'TCP' && local?.endsWith(`:${port}`) === true && foreign?.endsWith(':0') === true)
      return rest.at(-1) ?? null;
  }
  return null;
}

async function ask(
  name: string,
  args: readonly string[],
  search: Search & { readonly signal: AbortSignal },
): Promise<string | null> {
  const program = await findProgram(name, search);
  return program === null ? null : outputOf(program, args, search);
}

const named = (name: string, pid: string) =>
  name.trim() === '' ? `process ${pid}` : `${name.trim()} (process ${pid})`;
