import { randomBytes } from 'node:crypto';
import { freeze } from './base.ts';
import type { Databases } from './databases.ts';
import type { Snapshot } from './snapshot.ts';

/** What databases are copied from, by the key of what is in them. In memory, as long as the engine runs. */
export interface Templates {
  find(key: string): string | null;
  /** Whoever gets `isBuilt: false` is the builder, in a database of that name; others wait until it has ended. */
  build(key: string, builder: object): Promise<{ readonly name: string; readonly isBuilt: boolean }>;
  finish(name: string): Promise<void>;
  /** The builder has gone: what it has not finished is given up. */
  abandon(builder: object): Promise<void>;
  snapshot(name: string): Snapshot | null;
  /** Forgets all but the newest; answers how many. */
  sweep(): number;
}

export function createTemplates(databases: Databases, base: Snapshot): Templates {
  const built = new Map<string, { readonly name: string; readonly snapshot: Snapshot }>();
  const building = new Map<string, { name: string; builder: object; waiting: (() => void)[] }>();
  const named = (name: string) => [...built].find(([, template]) => template.name === name);

  const end = async (key: string) => {
    const found = building.get(key);
    building.delete(key);
    if (found === undefined) return;
    await databases.drop(found.name);
    for (const wake of found.waiting) wake();
  };
  return {
    find: (key) => built.get(key)?.name ?? null,
    async build(key, builder) {
      for (let busy = building.get(key); busy !== undefined; busy = building.get(key)) {
        const { waiting } = busy;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      const found = built.get(key);
      if (found !== undefined) return { name: found.name, isBuilt: true };
      const name = `second_opinion_template_${randomBytes(8).toString('hex')}`;
      building.set(key, { name, builder, waiting: [] });
      try {
        await databases.create(name, base);
        return { name, isBuilt: false };
      } catch (error) {
        await end(key);
        throw error;
      }
    },
    async finish(name) {
      const [key] = [...building].find(([, template]) => template.name === name) ?? [];
      const database = databases.find(name);
      if (key === undefined || database === undefined) throw new Error(`nobody builds ${name}`);
      const snapshot = await database.multiplexer.alone(() => freeze(database.instance));
      built.set(key, { name, snapshot });
      await end(key);
    },
    async abandon(builder) {
      for (const [key, template] of building) if (template.builder === builder) await end(key);
    },
    snapshot(name) {
      const [key, template] = named(name) ?? [];
      if (key === undefined || template === undefined) return null;
      // The order of the map is that of the last use.
      built.delete(key);
      built.set(key, template);
      return template.snapshot;
    },
    sweep() {
      const oldest = [...built.keys()].slice(0, Math.max(0, built.size - TEMPLATES_KEPT));
      for (const key of oldest) built.delete(key);
      return oldest.length;
    },
  };
}

/** As on a server; some 9 MB of memory apiece. */
const TEMPLATES_KEPT = 12;
