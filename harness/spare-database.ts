import type { Database } from '../database/cluster.ts';

/** One database of a kind, made ahead once somebody has wanted one. */
export interface SpareDatabase {
  /** The one that was made ahead of this `key`, or one that is made now. It is there, and the caller's. */
  take(key: string, make: () => Promise<Database>): Promise<Database>;
  /** Makes the next one, if there is a use for it. A fault is left to whoever takes it. */
  refill(key: string, make: () => Promise<Database>): Promise<void>;
  close(): Promise<void>;
}

export function createSpareDatabase(): SpareDatabase {
  let isWanted = false;
  let spare: { key: string; made: Promise<Database> } | null = null;
  const discard = async () => {
    const old = spare;
    spare = null;
    await old?.made.then((database) => database.drop()).catch(() => undefined);
  };
  return {
    async take(key, make) {
      isWanted = true;
      if (spare?.key !== key) return make();
      const { made } = spare;
      spare = null;
      return made.then(stillThere).catch(make);
    },
    async refill(key, make) {
      if (!isWanted || spare?.key === key) return;
      await discard();
      spare = { key, made: make() };
      await spare.made.catch(() => (spare = null));
    },
    close: discard,
  };
}

/** The clinic of an earlier run has the same role, and may have dropped whatever it found. */
async function stillThere(database: Database): Promise<Database> {
  await database.query('SELECT 1');
  return database;
}
