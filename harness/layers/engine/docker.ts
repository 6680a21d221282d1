import { spawn } from 'node:child_process';

export interface Answer {
  /** Exit code; `null` when it was stopped or is not installed. */
  readonly code: number | null;
  readonly output: string;
}

export interface Limits {
  readonly signal?: AbortSignal;
  readonly milliseconds: number;
  onOutput?(text: string): void;
  readonly input?: string;
}

/** Runs the docker client. Never throws: what is not installed answers `null`. The process is gone when it answers. */
export function docker(args: readonly string[], { signal, milliseconds, onOutput }: Limits): Promise<Answer> {
  return new Promise((resolve) => {
    const child = spawn('docker', args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, BUILDKIT_PROGRESS: 'plain' },
    });
    let output = '';
    const limit = setTimeout(() => child.kill('SIGKILL'), milliseconds);
    const stop = () => void child.kill('SIGTERM');
    signal?.addEventListener('abort', stop);
    const take = (chunk: Buffer) => {
      const text = chunk.toString('utf8');
      if (output.length < MOST) output += text;
      onOutput?.(text);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const end = (code: number | null) => {
      clearTimeout(limit);
      signal?.removeEventListener('abort', stop);
      resolve({ code, output });
    };
    child.once('error', () => end(null));
    child.once('close', (code) => end(code));
  });
}

/** The version of the engine; `null` when none answers. An installed client proves nothing. */
export async function engineVersion(): Promise<string | null> {
  const { code, output } = await docker(['version', '--format', '{{.Server.Version}}'], {
    milliseconds: 3_000,
  });
  return code === 0 && /^\d/.test(output) ? output.trim() : null;
}

const MOST = 20_000_000;
