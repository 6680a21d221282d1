import { join } from 'node:path';
import { openCluster } from '../../database/cluster.ts';
import type { EngineAddress } from '../../database/engine.ts';
import { createLearnerDatabase, readRecipe } from '../../database/learner-database.ts';

/** Milliseconds for one more database from a template that stands. */
export async function measureClones(
  root: string,
  address: EngineAddress,
  runs: number,
): Promise<readonly number[]> {
  const cluster = await openCluster(address);
  try {
    const recipe = await readRecipe(root, join(root, 'app'));
    await (await createLearnerDatabase(cluster, recipe, 'bench')).drop();
    const times: number[] = [];
    for (let i = 0; i < runs; i += 1) {
      const started = performance.now();
      const database = await createLearnerDatabase(cluster, recipe, 'bench');
      times.push(performance.now() - started);
      await database.drop();
    }
    return times;
  } finally {
    await cluster.close();
  }
}
