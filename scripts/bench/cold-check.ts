import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** `npm run check 7` from the word to the end of its process, with nothing running. Milliseconds. */
export async function measureColdCheck(
  root: string,
  environment: NodeJS.ProcessEnv,
  runs: number,
): Promise<readonly number[]> {
  const times: number[] = [];
  for (let i = 0; i < runs; i += 1) {
    const started = performance.now();
    const windows = process.platform === 'win32';
    const child = spawn(windows ? 'npm.cmd' : 'npm', ['run', '--silent', 'check', '7'], {
      cwd: root,
      stdio: 'ignore',
      env: environment,
      shell: windows,
    });
    const [code] = await once(child, 'exit');
    if (code !== 1)
      throw new Error(`npm run check 7 was to end with 1, a failed verdict, and ended with ${code}`);
    times.push(performance.now() - started);
  }
  return times;
}
