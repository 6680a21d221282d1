import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type EngineAddress, startEngine } from '../../database/engine.ts';

/** The database engine alone: made anew, and started over what an earlier start left. Milliseconds. */
export async function measureEngine(
  root: string,
  force: Exclude<EngineAddress['kind'], 'server'>,
): Promise<{ readonly first: number; readonly later: number }> {
  const home = join(root, '.workshop', 'bench-engine');
  try {
    const [first, later] = [await startOnce(home, force), await startOnce(home, force)];
    return { first, later };
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function startOnce(home: string, force: EngineAddress['kind']): Promise<number> {
  const started = performance.now();
  const engine = await startEngine({ home, force });
  const took = performance.now() - started;
  await engine.close();
  return took;
}
