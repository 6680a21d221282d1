import { type Instance, type Programs, startInstance } from './instance.ts';
import { createMultiplexer, type Multiplexer } from './multiplexer.ts';
import type { Snapshot } from './snapshot.ts';

/** One database: a backend of its own, and those who use it. */
export interface EmbeddedDatabase {
  readonly name: string;
  readonly instance: Instance;
  readonly multiplexer: Multiplexer;
}

/** The databases of this engine by their names. */
export interface Databases {
  create(name: string, snapshot: Snapshot): Promise<EmbeddedDatabase>;
  find(name: string): EmbeddedDatabase | undefined;
  drop(name: string): Promise<void>;
  close(): Promise<void>;
}

/** One backend always waits for data, because to get one ready takes longer than to load it. */
export function createDatabases(programs: Programs): Databases {
  const open = new Map<string, EmbeddedDatabase>();
  let closed = false;
  let spare = startInstance(programs, { fromNothing: false });

  const takeSpare = () => {
    const taken = spare;
    spare = startInstance(programs, { fromNothing: false });
    return taken;
  };
  const drop = async (name: string) => {
    const found = open.get(name);
    open.delete(name);
    await found?.instance.end();
  };
  return {
    async create(name, snapshot) {
      if (closed) throw new Error('the embedded database is closing');
      const instance = takeSpare();
      try {
        instance.load(snapshot);
        const made = { name, instance, multiplexer: createMultiplexer(instance, await instance.greeting) };
        open.set(name, made);
        void instance.ended.then(() => {
          if (open.get(name) === made) open.delete(name);
        });
        return made;
      } catch (error) {
        await instance.end();
        throw error;
      }
    },
    find: (name) => open.get(name),
    drop,
    async close() {
      closed = true;
      await Promise.all([spare.end(), ...[...open.keys()].map(drop)]);
    },
  };
}
