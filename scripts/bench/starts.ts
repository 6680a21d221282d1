import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startEngine } from '../../database/engine.ts';

export interface StartTimes {
  /** From the command to the guide's address, and to a clinic that answers. Milliseconds. */
  readonly guide: number;
  readonly clinic: number;
}

/** `npm start` (without npm) in a workshop, until its clinic runs. */
export async function measureStart(root: string): Promise<StartTimes> {
  const started = performance.now();
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', CLI, 'start', '--no-open', '--port', '0', '--app-port', '0'],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NO_COLOR: '1' } },
  );
  const exited = once(child, 'exit');
  try {
    const [guide, clinic] = await Promise.all([said(/Guide +http/), said(/The clinic runs/)]);
    return { guide: guide - started, clinic: clinic - started };
  } finally {
    child.kill('SIGTERM');
    await exited;
  }

  function said(words: RegExp): Promise<number> {
    return new Promise((resolve, reject) => {
      let text = '';
      child.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8');
        if (words.test(text)) resolve(performance.now());
      });
      child.once('exit', () => reject(new Error(`start ended before it said ${words}: ${text}`)));
    });
  }
}

/** The database engine alone: made anew, and started over what an earlier start left. Milliseconds. */
export async function measureEngine(
  root: string,
): Promise<{ readonly first: number; readonly later: number }> {
  const home = join(root, '.workshop', 'bench-engine');
  try {
    const [first, later] = [await startOnce(home), await startOnce(home)];
    return { first, later };
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function startOnce(home: string): Promise<number> {
  const started = performance.now();
  const engine = await startEngine({ home });
  const took = performance.now() - started;
  await engine.close();
  return took;
}

const CLI = join('scripts', 'cli.ts');
