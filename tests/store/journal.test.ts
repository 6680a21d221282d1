import {
  appendFile,
  mkdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { WorkshopEvent } from '../../model/event.ts';
import { type Journal, openJournal } from '../../store/journal/journal.ts';
import { asNobody } from './as-nobody.ts';
import { refusal } from './refusal.ts';
import { temporaryFolder } from './temporary-folder.ts';

const OPENED = { type: 'step.opened', slug: 'comments' } as const;

async function freshFile(): Promise<string> {
  return join(await temporaryFolder(), '.workshop', 'journal.ndjson');
}

async function opened(file: string): Promise<Journal> {
  const journal = await openJournal(file);
  onTestFinished(() => journal.close());
  return journal;
}

async function numbers(file: string): Promise<number[]> {
  return (await (await opened(file)).read()).events.map((event) => event.seq);
}

describe('the journal', () => {
  test('is a line an event, numbered, dated and of one identity', async () => {
    const file = await freshFile();
    const journal = await opened(file);
    const first = await journal.append(OPENED);
    const second = await journal.append({ type: 'hint.revealed', slug: 'comments', hint: 1 });
    expect(first).toEqual({ v: 1, journal: journal.id, seq: 1, at: first.at, ...OPENED });
    expect(second.seq).toBe(2);
    expect(new Date(first.at).toISOString()).toBe(first.at);
    expect(await journal.read()).toEqual({ events: [first, second], passedOver: [] });
    expect((await readFile(file, 'utf8')).trimEnd().split('\n')).toHaveLength(3);
  });

  test('is read again as it was, by another who opens it', async () => {
    const file = await freshFile();
    const journal = await opened(file);
    const event = await journal.append(OPENED);
    await journal.close();
    const again = await opened(file);
    expect(again.id).toBe(journal.id);
    expect((await again.read()).events).toEqual([event]);
    expect((await again.append(OPENED)).seq).toBe(2);
  });

  test('stands in a folder that is open to its owner alone', async () => {
    const file = await freshFile();
    await opened(file);
    expect((await stat(join(file, '..'))).mode & 0o777).toBe(0o700);
    expect((await stat(file)).mode & 0o077).toBe(0);
  });

  test('keeps the order of appends that were made at once', async () => {
    const journal = await opened(await freshFile());
    const appended = await Promise.all(Array.from({ length: 50 }, () => journal.append(OPENED)));
    expect(appended.map((event) => event.seq)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    expect((await journal.read()).events).toEqual(appended);
  });

  test('refuses an event that is none, and is not harmed by it', async () => {
    const journal = await opened(await freshFile());
    await expect(journal.append({ type: 'hint.revealed', slug: 'comments', hint: -1 })).rejects.toThrow();
    expect((await journal.append(OPENED)).seq).toBe(1);
  });

  test('is not appended to after its close', async () => {
    const journal = await opened(await freshFile());
    await journal.close();
    expect(await refusal(() => journal.append(OPENED))).toMatch(/^JOURNAL_CLOSED\n/);
  });
});

describe('a line that cannot be read', () => {
  test('and is the last, cut short, is passed over and never glued to the next', async () => {
    const file = await freshFile();
    const journal = await opened(file);
    await journal.append(OPENED);
    await journal.append(OPENED);
    await truncate(file, (await stat(file)).size - 20);
    const again = await opened(file);
    expect((await again.read()).passedOver).toEqual([{ line: 3, reason: 'torn' }]);
    expect((await again.append(OPENED)).seq).toBe(2);
    const { events, passedOver } = await again.read();
    expect(events.map((event) => event.seq)).toEqual([1, 2]);
    expect(passedOver).toEqual([{ line: 3, reason: 'unreadable' }]);
  });

  test('is an event when it lacks only its newline, and its number is not given twice', async () => {
    const file = await freshFile();
    await (await opened(file)).append(OPENED);
    await truncate(file, (await stat(file)).size - 1);
    const again = await opened(file);
    const followed: number[] = [];
    expect((await again.read()).events).toHaveLength(1);
    again.follow((event) => followed.push(event.seq));
    expect((await again.append(OPENED)).seq).toBe(2);
    expect(await again.read()).toMatchObject({ events: [{ seq: 1 }, { seq: 2 }], passedOver: [] });
    await again.close();
    expect(followed).toEqual([2]);
  });

  test('and is the heading, cut short, is followed by a new one', async () => {
    const file = await freshFile();
    await opened(file);
    await truncate(file, 10);
    const again = await opened(file);
    const event = await again.append(OPENED);
    expect(await again.read()).toEqual({ events: [event], passedOver: [{ line: 1, reason: 'unreadable' }] });
  });

  test('because a newer workshop wrote it stays in the file, and its number is not given again', async () => {
    const file = await freshFile();
    const journal = await opened(file);
    await journal.append(OPENED);
    const envelope = { journal: journal.id, at: '2030-01-01T00:00:00.000Z', slug: 'comments' };
    const newer = [
      JSON.stringify({ v: 2, ...envelope, seq: 2, type: 'step.opened', planet: 'Mars' }),
      JSON.stringify({ v: 1, ...envelope, seq: 3, type: 'cohort.joined' }),
    ].join('\n');
    await appendFile(file, `${newer}\n`);
    const again = await opened(file);
    expect((await again.append(OPENED)).seq).toBe(4);
    const { events, passedOver } = await again.read();
    expect(events.map((event) => event.seq)).toEqual([1, 4]);
    expect(passedOver).toEqual([
      { line: 3, reason: 'newer' },
      { line: 4, reason: 'newer' },
    ]);
    expect(await readFile(file, 'utf8')).toContain(newer);
  });

  test('in the middle is passed over and said, whatever it is', async () => {
    const file = await freshFile();
    const journal = await opened(file);
    const first = await journal.append(OPENED);
    const foreign = [
      'null',
      '[]',
      '{"v":1',
      '\0\0\0\0',
      JSON.stringify(first),
      JSON.stringify({ ...first, seq: 2, journal: 'another' }),
      JSON.stringify({ ...first, seq: 2, type: 'hint.revealed', hint: 'x' }),
    ];
    await appendFile(
      file,
      Buffer.concat([Buffer.from([0xff, 0xfe, 0x0a]), Buffer.from(`${foreign.join('\n')}\n`)]),
    );
    const last = await journal.append(OPENED);
    const { events, passedOver } = await journal.read();
    expect(events).toEqual([first, last]);
    expect(passedOver).toEqual([3, 4, 5, 6, 7, 8, 9, 10].map((line) => ({ line, reason: 'unreadable' })));
  });
});

describe('following', () => {
  test('goes on where the latest reading ended, without a gap and without a twin', async () => {
    const journal = await opened(await freshFile());
    await journal.append(OPENED);
    const { events } = await journal.read();
    await journal.append(OPENED);
    const followed: WorkshopEvent[] = [];
    const third = new Promise<void>((resolve) => journal.follow((event) => event.seq === 3 && resolve()));
    journal.follow((event) => followed.push(event));
    await journal.append(OPENED);
    await third;
    expect([...events, ...followed].map((event) => event.seq)).toEqual([1, 2, 3]);
  });

  test('sees what another opener appends, a line written in two halves included', async () => {
    const file = await freshFile();
    const [one, two] = [await opened(file), await opened(file)];
    const seen: number[] = [];
    const reached = (seq: number) =>
      new Promise<void>((resolve) => one.follow((event) => event.seq === seq && resolve()));
    one.follow((event) => seen.push(event.seq));
    const second = reached(2);
    await two.append(OPENED);
    const line = JSON.stringify({ v: 1, journal: two.id, seq: 2, at: '2026-01-01T00:00:00.000Z', ...OPENED });
    await appendFile(file, line.slice(0, 30));
    await appendFile(file, `${line.slice(30)}\n`);
    await second;
    const third = reached(3);
    expect((await two.append(OPENED)).seq).toBe(3);
    await third;
    expect(seen).toEqual([1, 2, 3]);
  });

  test('ends for who ended it, and goes on for the others', async () => {
    const journal = await opened(await freshFile());
    const [gone, staying]: [number[], number[]] = [[], []];
    const end = journal.follow((event) => gone.push(event.seq));
    journal.follow((event) => staying.push(event.seq));
    end();
    const reached = new Promise<void>((resolve) => journal.follow(() => resolve()));
    await journal.append(OPENED);
    await reached;
    expect([gone, staying]).toEqual([[], [1]]);
  });

  test('survives that the journal is removed, and it goes on under its name and number', async () => {
    const file = await freshFile();
    const journal = await opened(file);
    await journal.append(OPENED);
    await rm(join(file, '..'), { recursive: true });
    await mkdir(join(file, '..'));
    const reached = new Promise<void>((resolve) => journal.follow((event) => event.seq === 2 && resolve()));
    expect((await journal.append(OPENED)).seq).toBe(2);
    await reached;
    expect(await numbers(file)).toEqual([2]);
    expect((await opened(file)).id).toBe(journal.id);
  });
});

test('a journal that another took the place of is followed and appended to under its own name', async () => {
  const [file, other] = [await freshFile(), await freshFile()];
  const [journal, stranger] = [await opened(file), await opened(other)];
  await journal.append(OPENED);
  await journal.read();
  const first = await stranger.append({ type: 'step.opened', slug: 'x'.repeat(300) });
  const seen: WorkshopEvent[] = [];
  const reached = new Promise<void>((resolve) => journal.follow((event) => event.seq === 2 && resolve()));
  journal.follow((event) => seen.push(event));
  await rename(other, file);
  const second = await journal.append(OPENED);
  await reached;
  expect(journal.id).toBe(stranger.id);
  expect(seen).toEqual([first, second]);
});

describe('a journal that cannot be written', () => {
  test.runIf(process.platform === 'linux')('because the disk is full says so', async () => {
    const folder = await temporaryFolder();
    await symlink('/dev/full', join(folder, 'journal.ndjson'));
    const said = await refusal(() => openJournal(join(folder, 'journal.ndjson')));
    expect(said.replaceAll(folder, 'FOLDER')).toMatchInlineSnapshot(`
      "JOURNAL_UNWRITABLE
      The journal was to be written (FOLDER/journal.ndjson), and could not be: the disk is full.
      > Free some space on the disk, then run the command again."
    `);
  });

  test('because its folder may only be read says so', async () => {
    const folder = await temporaryFolder();
    // The owner of a folder may make it writable again, and opening does: so it is one that cannot be made.
    const progress = join(folder, 'progress');
    const said = await asNobody(folder, () => refusal(() => openJournal(join(progress, 'journal.ndjson'))));
    expect(said.replaceAll(progress, 'FOLDER')).toMatchInlineSnapshot(`
      "JOURNAL_UNWRITABLE
      The journal was to be written (FOLDER/journal.ndjson), and could not be: you may not write there.
      > Make FOLDER a folder that you may write to (\`ls -ld FOLDER\` shows whose it is), then run the command again."
    `);
  });

  test('because a file stands in the place of its folder says so', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, '.workshop'), '');
    const said = await refusal(() => openJournal(join(folder, '.workshop', 'journal.ndjson')));
    expect(said).toMatch(/^JOURNAL_UNWRITABLE\n/);
  });
});
