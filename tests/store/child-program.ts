import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export interface ChildProgram {
  /** Every line that it said so far. */
  readonly said: readonly string[];
  /** Its next line; fails when it ends before. */
  nextLine(): Promise<string>;
  /** Until it has said that many lines in all, or ended. */
  untilSaid(lines: number): Promise<void>;
  kill(): Promise<void>;
  /** Its exit code, `null` when a signal ended it. All that it said has been read by then. */
  readonly ended: Promise<number | null>;
}

/** A real process of Node that runs a program of this folder; killed when the test ends. */
export function startChild(program: string, ...args: readonly string[]): ChildProgram {
  const file = fileURLToPath(new URL(program, import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: string[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => said.push(line));
  const ended = Promise.all([once(child, 'exit'), once(lines, 'close')]).then(() => child.exitCode);
  let read = 0;

  const untilSaid = async (count: number): Promise<void> => {
    while (said.length < count) {
      const more = once(lines, 'line').then(() => true);
      if (!(await Promise.race([more, ended.then(() => false)]))) return;
    }
  };
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  onTestFinished(kill);
  return {
    said,
    untilSaid,
    kill,
    ended,
    async nextLine() {
      await untilSaid(read + 1);
      const line = said[read++];
      if (line === undefined) throw new Error(`${program} ended before it said line ${read}`);
      return line;
    },
  };
}
