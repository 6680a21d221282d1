import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureInstall } from './install-size.ts';

export interface Install {
  /** Of `npm ci` with whatever npm's cache holds; `null` when it was not run or there is no network. */
  readonly milliseconds: number | null;
  readonly megabytes: number;
  readonly packages: number;
}

/** What `npm ci` puts on the disk, into a folder of its own; what lies in `root` when that can't be done. */
export async function measureNpmCi(
  root: string,
  environment: NodeJS.ProcessEnv,
  anew: boolean,
): Promise<Install> {
  if (!anew) return { milliseconds: null, ...(await measureInstall(root)) };
  const folder = await mkdtemp(join(tmpdir(), 'second-opinion-install-'));
  try {
    for (const file of ['package.json', 'package-lock.json']) await cp(join(root, file), join(folder, file));
    const started = performance.now();
    const windows = process.platform === 'win32';
    const child = spawn(windows ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund'], {
      cwd: folder,
      stdio: 'ignore',
      env: environment,
      shell: windows,
    });
    const [code] = await once(child, 'exit');
    const milliseconds = performance.now() - started;
    if (code !== 0) return { milliseconds: null, ...(await measureInstall(root)) };
    return { milliseconds, ...(await measureInstall(folder)) };
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
