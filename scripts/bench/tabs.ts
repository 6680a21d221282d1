import { type ClientRequest, get } from 'node:http';
import { join } from 'node:path';
import { openJournal } from '../../store/journal/journal.ts';
import { memoryOfTree } from './process-tree.ts';
import type { Session } from './session.ts';

export interface TabTimes {
  /** From an event in the journal to the first tab that hears of it, and to the last. Milliseconds. */
  readonly first: readonly number[];
  readonly last: readonly number[];
  /** What the tabs add to the daemon; `null` where that can't be read. */
  readonly megabytes: number | null;
}

/** Opens that many pages' event streams and tells them something. */
export async function measureTabs(
  root: string,
  session: Session,
  tabs: number,
  runs: number,
): Promise<TabTimes> {
  const before = await memoryOfDaemon(session);
  const hearing = await Promise.all(Array.from({ length: tabs }, () => openTab(session.guideUrl)));
  const journal = await openJournal(join(root, '.workshop', 'journal.ndjson'));
  try {
    const [first, last]: [number[], number[]] = [[], []];
    for (let i = 0; i < runs; i += 1) {
      const heard = hearing.map((tab) => tab.next());
      const started = performance.now();
      await journal.append({ type: 'hint.revealed', slug: 'sql-injection', hint: 1 });
      const times = (await Promise.all(heard)).map((at) => at - started);
      first.push(Math.min(...times));
      last.push(Math.max(...times));
    }
    const after = await memoryOfDaemon(session);
    return { first, last, megabytes: before === null || after === null ? null : Math.max(0, after - before) };
  } finally {
    await journal.close();
    for (const tab of hearing) tab.close();
  }
}

interface Tab {
  /** Resolves with the moment of the next message about progress. */
  next(): Promise<number>;
  close(): void;
}

function openTab(guideUrl: string): Promise<Tab> {
  return new Promise((resolve, reject) => {
    let hear: (at: number) => void = () => undefined;
    const request: ClientRequest = get(`${guideUrl}/events`, { agent: false }, (response) => {
      response.on('data', (chunk: Buffer) => {
        if (chunk.includes('event: progress')) hear(performance.now());
      });
      // The first bytes say that it is open, and tell what was missed.
      response.once('data', () =>
        resolve({
          next: () => new Promise<number>((heard) => (hear = heard)),
          close: () => void request.destroy(),
        }),
      );
      response.on('error', () => undefined);
    });
    request.once('error', reject);
  });
}

async function memoryOfDaemon({ pid }: Session): Promise<number | null> {
  const tree = await memoryOfTree(pid);
  return tree?.find((one) => one.pid === pid)?.megabytes ?? null;
}
