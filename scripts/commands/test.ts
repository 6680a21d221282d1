import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Terminal } from '../terminal/terminal.ts';
import { workshopRoot } from '../workshop-root.ts';

/** The workshop's own suite. Whatever is typed goes on to vitest, and vitest's summary is the last that is printed. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const child = spawn(process.execPath, [VITEST, 'run', ...args], {
    cwd: workshopRoot(),
    stdio: 'inherit',
    env: withoutLearnersDatabase(terminal.environment),
  });
  // Ctrl+C reaches vitest itself, being in the same group; we wait for what it says.
  process.on('SIGINT', () => undefined);
  process.once('SIGTERM', () => child.kill('SIGTERM'));
  const [code] = await once(child, 'exit');
  return typeof code === 'number' ? code : 1;
}

/** The suite makes servers of its own, and is to be the same wherever it runs: a learner's own stays out of it. */
function withoutLearnersDatabase(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => name !== 'DATABASE_URL'));
}

const VITEST = join(dirname(fileURLToPath(import.meta.resolve('vitest/package.json'))), 'vitest.mjs');
