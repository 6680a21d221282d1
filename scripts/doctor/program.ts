import { spawn } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface Search {
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
}

/** The whole path of a program as the system would find it on PATH, or `null`. */
export async function findProgram(name: string, { environment, platform }: Search): Promise<string | null> {
  const windows = platform === 'win32';
  const folders = /[\\/]/.test(name)
    ? ['']
    : (pathOf(environment) ?? '').split(windows ? ';' : ':').filter((folder) => folder !== '');
  const endings = windows ? ['', ...(environment['PATHEXT'] ?? '.COM;.EXE;.BAT;.CMD').split(';')] : [''];
  for (const folder of folders) {
    for (const ending of endings) {
      const file = join(folder, `${name}${ending}`);
      if (await isProgram(file, windows)) return file;
    }
  }
  return null;
}

/** What a program printed, or `null` when it is not there, ended with an error or was stopped by `signal`. */
export function outputOf(
  program: string,
  args: readonly string[],
  options: { readonly environment: NodeJS.ProcessEnv; readonly cwd?: string; readonly signal: AbortSignal },
): Promise<string | null> {
  return new Promise((resolve) => {
    const batch = /\.(cmd|bat)$/i.test(program);
    const child = spawn(batch ? `"${program}"` : program, [...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: options.environment,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      signal: options.signal,
      killSignal: 'SIGKILL',
      // Windows starts a batch file by its shell alone; the arguments are ours and hold nothing to escape.
      shell: batch,
      windowsHide: true,
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => void (output += chunk.toString('utf8')));
    child.once('error', () => resolve(null));
    child.once('close', (code) => resolve(code === 0 ? output : null));
  });
}

/** Windows spells it `Path`; a copy of the environment no longer takes any spelling. */
function pathOf(environment: NodeJS.ProcessEnv): string | undefined {
  return Object.entries(environment).find(([name]) => name.toUpperCase() === 'PATH')?.[1];
}

async function isProgram(file: string, windows: boolean): Promise<boolean> {
  try {
    if (!(await stat(file)).isFile()) return false;
    if (!windows) await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
