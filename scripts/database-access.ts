import { join } from 'node:path';
import { chooseEngine } from '../database/chosen-engine.ts';
import { type Engine, type EngineAddress, startEngine } from '../database/engine.ts';
import { problemOf } from '../model/workshop-error.ts';
import type { DatabaseForJudge } from '../runner/judge.ts';
import type { Releasers } from './releasers.ts';

export interface DatabaseWish {
  readonly root: string;
  readonly environment: NodeJS.ProcessEnv;
  /** What `--database` names. */
  readonly wished?: string | undefined;
  say(line: string): void;
}

export interface OpenedDatabase {
  readonly forJudge: DatabaseForJudge;
  /** `null` when there is none; `forJudge` then holds the problem. */
  readonly address: EngineAddress | null;
}

/**
 * PostgreSQL for a judge or a clinic. That none could be started is an answer too: the judge then says so in each
 * verdict that needs it, and everything else goes on.
 */
export async function openDatabase(wish: DatabaseWish, releasers: Releasers): Promise<OpenedDatabase> {
  try {
    const engine = await startEngineFor(wish);
    releasers.add(() => engine.close());
    return { forJudge: { address: { ...engine.address } }, address: engine.address };
  } catch (error) {
    return { forJudge: { problem: problemOf(error) }, address: null };
  }
}

/** Throws `WorkshopError` where `openDatabase` answers with the problem. */
export async function startEngineFor({ root, environment, wished, say }: DatabaseWish): Promise<Engine> {
  const home = join(root, '.workshop', 'engine');
  return startEngine({ home, onProgress: say, ...chooseEngine(environment, wished) });
}

/** For steps that need none: nothing is started, and a step that asks for one all the same is told why. */
export const NO_DATABASE: DatabaseForJudge = {
  problem: {
    code: 'DATABASE_NOT_STARTED',
    message: 'No database was started, because no chosen step says in its step.json that it needs one.',
    remedy: 'This is a fault of the step: set "needs" to "database" in its step.json.',
  },
};
