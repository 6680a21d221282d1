import { readFile } from 'node:fs/promises';
import os from 'node:os';
import { z } from 'zod';

/** A process that outlives its number: numbers are given again, and mean nothing on another machine. */
export const processIdentitySchema = z.object({
  machine: z.string(),
  pid: z.number(),
  /** The kernel's clock at its start, where the system tells; else empty. */
  started: z.string(),
});

export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

export async function identifyProcess(pid = process.pid): Promise<ProcessIdentity> {
  return { machine: await machine(), pid, started: await startOf(pid) };
}

/** `unknown` when the process belongs to another machine (or container), of which we can't tell. */
export async function processState(identity: ProcessIdentity): Promise<'alive' | 'dead' | 'unknown'> {
  if (identity.machine !== (await machine())) return 'unknown';
  try {
    process.kill(identity.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return 'dead';
  }
  return (await startOf(identity.pid)) === identity.started ? 'alive' : 'dead';
}

/** Containers of one host share its boot, and have a host name each. */
async function machine(): Promise<string> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  return [os.hostname(), boot.trim()].join('/');
}

/** Field 22 of Linux's `/proc/PID/stat`; the second, the name, may hold spaces and brackets. */
async function startOf(pid: number): Promise<string> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z') return 'ended';
  return fields[19] ?? '';
}
