import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Journal, openJournal } from '../../store/journal/journal.ts';
import { startChild } from './child-program.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function freshJournal(): Promise<{ readonly file: string; readonly journal: Journal }> {
  const file = join(await temporaryFolder(), 'journal.ndjson');
  const journal = await openJournal(file);
  onTestFinished(() => journal.close());
  return { file, journal };
}

test('two processes that append at once number their events without gap or twin', async () => {
  const { file, journal } = await freshJournal();
  const followed: number[] = [];
  const last = new Promise<void>((resolve) =>
    journal.follow((event) => {
      followed.push(event.seq);
      if (followed.length === 400) resolve();
    }),
  );
  const children = ['one', 'two'].map((slug) => startChild('append-program.ts', file, slug, '200'));
  expect(await Promise.all(children.map((child) => child.ended))).toEqual([0, 0]);
  await last;
  const { events, passedOver } = await journal.read();
  expect(events.map((event) => event.seq)).toEqual(Array.from({ length: 400 }, (_, i) => i + 1));
  expect(passedOver).toEqual([]);
  expect(followed).toEqual(events.map((event) => event.seq));
  const acknowledged = children.flatMap((child) => child.said.map(Number)).sort((a, b) => a - b);
  expect(acknowledged).toEqual(followed);
});

test(
  'processes killed at any moment, 32 of them, lose nothing that was acknowledged',
  { timeout: 180_000 },
  async () => {
    const { file, journal } = await freshJournal();
    const acknowledged: number[] = [];
    for (let round = 0; round < 16; round++) {
      const children = ['one', 'two'].map((slug) => startChild('append-program.ts', file, slug));
      await Promise.all(
        children.map(async (child) => {
          await child.untilSaid(1 + Math.floor(Math.random() * 40));
          await child.kill();
        }),
      );
      acknowledged.push(...children.flatMap((child) => child.said.map(Number)));
      acknowledged.push((await journal.append({ type: 'step.opened', slug: 'after-the-kill' })).seq);
    }
    const { events, passedOver } = await journal.read();
    const seqs = events.map((event) => event.seq);
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
    expect(acknowledged.filter((seq) => !seqs.includes(seq))).toEqual([]);
    expect(passedOver.filter((line) => line.reason === 'newer')).toEqual([]);
    const written = (await readFile(file, 'utf8')).split('\n').length - 1;
    expect(events.length + passedOver.length + 1).toBe(written);
  },
);

test('a lock left by a killed process is broken at once', async () => {
  const { file, journal } = await freshJournal();
  const holder = startChild('hold-lock-program.ts', `${file}.lock`);
  expect(await holder.nextLine()).toBe('held');
  const waiting = journal.append({ type: 'step.opened', slug: 'comments' });
  const meanwhile = await journal.read();
  expect(meanwhile.events).toEqual([]);
  const killedAt = performance.now();
  await holder.kill();
  expect((await waiting).seq).toBe(1);
  expect(performance.now() - killedAt).toBeLessThan(SHORTER_THAN_PATIENCE_MS);
});

/** A lock whose holder lives, or is not known, is waited for 10 seconds. */
const SHORTER_THAN_PATIENCE_MS = 8_000;
