import pg from 'pg';
import { chooseEngine } from '../../../database/chosen-engine.ts';
import { type Cluster, type Database, openCluster } from '../../../database/cluster.ts';
import { type Engine, startEngine } from '../../../database/engine.ts';
import { createPrivateHome } from '../private-home.ts';

/** One database of one engine, as the clinic uses it. */
export interface Place {
  readonly database: Database;
  /** Ends with its check. */
  client(options?: pg.ClientConfig): Promise<pg.Client>;
  /** Ten connections; ends with its check. */
  pool(options?: pg.PoolConfig): pg.Pool;
  /** Ends what the last check has opened. */
  tidy(): Promise<void>;
}

/** One thing that PostgreSQL does. `expected` is what every server answers. */
export interface Check {
  readonly title: string;
  readonly expected: unknown;
  run(place: Place): Promise<unknown>;
}

export interface OpenedPlace {
  readonly place: Place;
  readonly engine: Engine;
  readonly cluster: Cluster;
  close(): Promise<void>;
}

export async function openPlace(kind: 'native' | 'embedded' | 'server'): Promise<OpenedPlace> {
  const home = await createPrivateHome();
  const url = process.env['TEST_DATABASE_URL'];
  const engine = await startEngine({ home: home.home, ...chooseEngine({ DATABASE_URL: url }, kind) });
  const cluster = await openCluster(engine.address);
  const database = await cluster.clone(await cluster.template('empty', async () => undefined), 'conformance');
  const open: { end(): Promise<void> }[] = [];
  const { address, role, password, database: name } = database.target;
  const login = { host: address.host, port: address.port, user: role, password, database: name };
  const place: Place = {
    database,
    async client(options) {
      const client = new pg.Client({ ...login, ...options });
      client.on('error', () => undefined);
      await client.connect();
      open.push(client);
      return client;
    },
    pool(options) {
      const pool = new pg.Pool({ ...login, max: 10, ...options });
      pool.on('error', () => undefined);
      open.push(pool);
      return pool;
    },
    async tidy() {
      await Promise.allSettled(open.splice(0).map((one) => one.end()));
    },
  };
  return {
    place,
    engine,
    cluster,
    async close() {
      await place.tidy();
      await cluster.close();
      await engine.close();
      await home.dispose();
    },
  };
}

/** `ok`, or the SQLSTATE that something was refused with. */
export async function outcome(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return 'ok';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return typeof code === 'string' ? code : String(error);
  }
}

export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Two that wait for each other in the middle of what they do. In the embedded engine a transaction waits for the whole of
 * another one: there each goes on after a moment.
 */
export function meetingOfTwo({ database }: Place): () => Promise<void> {
  let come = 0;
  let meet: () => void = () => undefined;
  const met = new Promise<void>((resolve) => (meet = resolve));
  return async () => {
    if (database.target.address.kind === 'embedded') return void (await pause(150));
    come += 1;
    if (come === 2) meet();
    await met;
  };
}
