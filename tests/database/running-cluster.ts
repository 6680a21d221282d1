import type pg from 'pg';
import { type Cluster, type Database, openCluster } from '../../database/cluster.ts';
import { startEngine } from '../../database/engine.ts';
import { createPrivateHome } from './private-home.ts';

export interface RunningCluster {
  readonly cluster: Cluster;
  /** A fresh empty database; dropped with the cluster. */
  fresh(): Promise<Database>;
  close(): Promise<void>;
}

/** A native server of its own with a cluster; `close` fails the test when anything is left. */
export async function startCluster(): Promise<RunningCluster> {
  const place = await createPrivateHome();
  const engine = await startEngine({ home: place.home, force: 'native' });
  const cluster = await openCluster(engine.address);
  return {
    cluster,
    fresh: async () => cluster.clone(await cluster.template('empty', async () => undefined), 'fresh'),
    async close() {
      await cluster.close();
      await engine.close();
      await place.dispose();
    },
  };
}

/** Runs one statement as the clinic's role, on a connection of its own. */
export async function askAsClinic(database: Database, sql: string): Promise<pg.QueryResult> {
  const client = await database.asClinic();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}
