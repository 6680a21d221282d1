import { z } from 'zod';
import type { Databases } from './databases.ts';
import { packMessage, packAnswer, packError, packReady } from './wire.ts';
import type { Conversation } from './session.ts';
import type { Templates } from './templates.ts';

/** What is asked of the engine itself, as JSON in a simple query to the administrator's own database. */
export const controlOrderSchema = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('find'), key: z.string() }),
  z.object({ ask: z.literal('build'), key: z.string() }),
  z.object({ ask: z.literal('finish'), name: z.string() }),
  z.object({ ask: z.literal('clone'), template: z.string(), name: z.string() }),
  z.object({ ask: z.literal('drop'), name: z.string() }),
  z.object({ ask: z.literal('sweep') }),
  z.object({ ask: z.literal('alive') }),
]);

export type ControlOrder = z.infer<typeof controlOrderSchema>;

/** What a connection has made ends with it, so that nothing of a killed process stays. */
export function createControl(databases: Databases, templates: Templates): Conversation {
  const builder = {};
  const clones = new Set<string>();

  const obey = async (order: ControlOrder): Promise<unknown> => {
    switch (order.ask) {
      case 'find':
        return templates.find(order.key);
      case 'build':
        return templates.build(order.key, builder);
      case 'finish':
        return templates.finish(order.name);
      case 'clone': {
        const snapshot = templates.snapshot(order.template);
        if (snapshot === null) throw new Error(`there is no template ${order.template}`);
        await databases.create(order.name, snapshot);
        clones.add(order.name);
        return order.name;
      }
      case 'drop':
        clones.delete(order.name);
        return databases.drop(order.name);
      case 'sweep':
        return templates.sweep();
      case 'alive':
        return true;
      default:
        return order satisfies never;
    }
  };
  return {
    welcome: Buffer.concat([packMessage('K', Buffer.alloc(8)), packReady('I')]),
    prepare: ({ type, body }) => packMessage(type, body),
    async exchange(_, sql) {
      try {
        return packAnswer(JSON.stringify((await obey(readOrder(sql))) ?? null));
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        return Buffer.concat([
          packError({ code: error instanceof NoOrder ? '0A000' : 'XX000', message }),
          packReady('I'),
        ]);
      }
    },
    discard: async () => Buffer.concat([packMessage('C', 'DISCARD ALL\0'), packReady('I')]),
    cancel: () => undefined,
    async leave() {
      await templates.abandon(builder);
      await Promise.all([...clones].map((name) => databases.drop(name)));
    },
  };
}

class NoOrder extends Error {}

function readOrder(sql: string): ControlOrder {
  try {
    return controlOrderSchema.parse(JSON.parse(sql));
  } catch {
    throw new NoOrder('the embedded engine takes no statements in this database, but in those that it makes');
  }
}
