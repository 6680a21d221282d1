import type { Run } from '../../harness/run.ts';
import type { Stage } from './stage.ts';

/**
 * Through the clinic's own form, or by other hands: what stands in a table may have come from an import, an older version
 * or another program. Where the form does not take a name, other hands put it there.
 */
export async function rename(
  run: Run,
  { doctor, north }: Stage,
  name: string,
  by: 'form' | 'other hands' = 'form',
): Promise<void> {
  const { database } = (await run.clinic()).database;
  if (by === 'form') await doctor.post(`/facilities/${north.id}/rename`, { name });
  await database.query('UPDATE facilities SET name = $1 WHERE id::text = $2 AND name <> $1', [
    name,
    north.id,
  ]);
}

/** Gives the facility its own name back, whatever happened. */
export async function whileRenamed(run: Run, stage: Stage, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } finally {
    await rename(run, stage, stage.north.name);
  }
}
