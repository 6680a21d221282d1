import { type ChildProcess, spawn } from 'node:child_process';
import { engineSilent, leftBehind, stopped } from './engine-errors.ts';

export interface Answer {
  /** Exit code; `null` when it was stopped or is not installed. */
  readonly code: number | null;
  readonly output: string;
}

export interface Limits {
  readonly signal?: AbortSignal;
  readonly milliseconds: number;
  onOutput?(text: string): void;
  /** For its standard input. */
  readonly input?: Buffer;
}

/** Runs the docker client. Never throws: what is not installed answers `null`. The process is gone when it answers. */
export function docker(
  args: readonly string[],
  { signal, milliseconds, onOutput, input }: Limits,
): Promise<Answer> {
  if (signal?.aborted === true) return Promise.resolve({ code: null, output: '' });
  return new Promise((resolve) => {
    const child = spawn('docker', args, {
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      env: { ...process.env, BUILDKIT_PROGRESS: 'plain' },
      // Ctrl+C in a terminal reaches every process in front: what tidies up after it must not be hit by it.
      detached: OWN_GROUP,
    });
    let output = '';
    const timers = [setTimeout(() => kill(child, 'SIGKILL'), milliseconds)];
    const stop = () => {
      kill(child, 'SIGTERM');
      // A client whose engine does not answer does not end by being asked.
      timers.push(setTimeout(() => kill(child, 'SIGKILL'), PATIENCE_MS));
    };
    signal?.addEventListener('abort', stop);
    const take = (chunk: Buffer) => {
      const text = chunk.toString('utf8');
      if (output.length < MOST) output += text;
      onOutput?.(text);
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    // A client that ends early leaves its input unread; its exit code tells the rest.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
    const end = (code: number | null) => {
      for (const timer of timers) clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      resolve({ code, output });
    };
    child.once('error', () => end(null));
    child.once('close', (code) => end(code));
  });
}

/**
 * Runs the docker client where an engine has answered before. Throws `ENGINE_SILENT` when it does not end within its time,
 * and `INTERRUPTED`: neither says anything about what was asked.
 */
export async function askEngine(
  args: readonly string[],
  limits: Limits,
): Promise<Answer & { readonly code: number }> {
  const { code, output } = await docker(args, limits);
  if (limits.signal?.aborted === true) throw stopped();
  if (code === null) throw engineSilent(`docker ${args[0] ?? ''}`, limits.milliseconds);
  return { code, output };
}

/**
 * Removes what may be there or not. An engine that wakes up may be busy with what it was asked before, and refuses: it is
 * asked again. Throws `LEFT_BEHIND`.
 */
export async function removeForSure(args: readonly string[]): Promise<void> {
  for (let attempts = 1; ; attempts += 1) {
    const { code, output } = await docker(args, { milliseconds: REMOVAL_LIMIT_MS });
    if (code === 0 || NOT_THERE.test(output)) return;
    if (code === null || attempts === MOST_ATTEMPTS) throw leftBehind(`docker ${args.join(' ')}`);
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_ATTEMPTS_MS));
  }
}

/** The version of the engine; `null` when none answers. An installed client proves nothing. */
export async function engineVersion(): Promise<string | null> {
  const { code, output } = await docker(['version', '--format', '{{.Server.Version}}'], {
    milliseconds: 3_000,
  });
  return code === 0 && /^\d/.test(output) ? output.trim() : null;
}

/** With its plug-ins: `docker build` is a process of its own, which would go on. */
function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (!OWN_GROUP || child.pid === undefined) return void child.kill(signal);
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended by itself.
  }
}

const OWN_GROUP = process.platform !== 'win32';
const PATIENCE_MS = 5_000;
const NOT_THERE = /no such (?:container|image)/i;
const REMOVAL_LIMIT_MS = 30_000;
const MOST_ATTEMPTS = 5;
const BETWEEN_ATTEMPTS_MS = 500;
const MOST = 20_000_000;
