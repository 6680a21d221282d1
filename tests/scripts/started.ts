import type { ChildProcess } from 'node:child_process';
import { spawnCli } from './workshop-copy.ts';

/** A command that goes on: its words as they come. */
export interface Started {
  readonly pid: number;
  /** Resolves with the first match of what was printed so far or will be. Rejects when the command ends without it. */
  said(words: RegExp): Promise<RegExpExecArray>;
  printed(): string;
  /** What was printed is forgotten: `said` waits for something new. */
  forget(): void;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<number | null>;
}

export function startCli(
  root: string,
  args: readonly string[],
  environment: Record<string, string> = {},
  from: 'sources' | 'npm' = 'sources',
): Started {
  const child = spawnCli(root, args, environment, from);
  const listeners = new Set<() => void>();
  let text = '';
  const hear = (chunk: Buffer) => {
    text += chunk.toString('utf8');
    for (const look of [...listeners]) look();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    pid: pidOf(child),
    printed: () => text,
    forget: () => void (text = ''),
    kill: (signal) => void child.kill(signal),
    ended,
    said: (words) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = words.exec(text);
          if (match === null) return;
          listeners.delete(look);
          resolve(match);
        };
        listeners.add(look);
        void ended.then(() => reject(new Error(`it ended before it said ${words}; it said: ${text}`)));
        look();
      }),
  };
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('the command did not start');
  return child.pid;
}
