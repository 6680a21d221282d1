import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { EngineAddress } from '../../database/engine.ts';

export interface EngineUser {
  readonly address: EngineAddress;
  /** What it was told while it waited. */
  readonly lines: readonly string[];
  close(): Promise<void>;
  kill(): Promise<void>;
}

/** Another process that has started the engine, and uses it until it is closed or killed. */
export async function spawnUser(home: string): Promise<EngineUser> {
  const script = path.join(import.meta.dirname, 'engine-user.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, home], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [first] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const end = async (act: (child: ChildProcess) => void) => {
    const gone = once(child, 'exit');
    act(child);
    await gone;
  };
  return {
    ...(JSON.parse(first) as Pick<EngineUser, 'address' | 'lines'>),
    close: () => end(() => child.stdin.end()),
    kill: () => end(() => child.kill('SIGKILL')),
  };
}
