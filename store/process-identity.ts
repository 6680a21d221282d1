import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/**
 * When a process started, in whatever words the system has for it; '' where it has none that is cheap (Windows).
 * A number alone does not name a process: after its end another may be given the same one.
 */
export async function startOf(pid: number): Promise<string> {
  try {
    if (process.platform === 'linux') return startFromProc(await readFile(`/proc/${pid}/stat`, 'utf8'));
    if (process.platform === 'win32') return '';
    const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)], {
      env: { LC_ALL: 'C' },
    });
    return stdout.trim();
  } catch {
    return '';
  }
}

/** Whether the process of that number is still the one that started then. */
export async function isAlive(pid: number, start: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (cause) {
    // EPERM is a living process of somebody else.
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EPERM')) return false;
  }
  const now = await startOf(pid);
  return start === '' || now === '' || now === start;
}

/** The 22nd field; the second is the program's name in brackets and may hold spaces and brackets itself. */
function startFromProc(stat: string): string {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}
