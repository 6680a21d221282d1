import { dirname } from 'node:path';
import type { NewEvent, WorkshopEvent } from '../../model/event.ts';
import { WorkshopError } from '../../model/workshop-error.ts';
import { sayingDiskErrors } from '../disk-error.ts';
import { createLock } from '../lock.ts';
import { ensurePrivateFolder } from '../private-folder.ts';
import { createFollower, type Follower, type Listener } from './follower.ts';
import { createLineReader, type LineReader } from './line-reader.ts';
import { createTail, type Tail } from './tail.ts';
import { createWriter } from './writer.ts';

/** The append-only log of events. Any number of processes may hold one open, append to it and follow it. */
export interface Journal {
  /** Identity of the file, given when it was made. */
  readonly id: string;
  /** All events, and the lines that were passed over. A line that is passed over stays in the file. */
  read(): Promise<JournalReading>;
  /** Answers when the event is with the operating system. Throws `JOURNAL_UNWRITABLE`, `LOCKED`, `JOURNAL_CLOSED`. */
  append(event: NewEvent): Promise<WorkshopEvent>;
  /**
   * Every event after the latest `read()` (without one, after the opening), our own and other processes'.
   * Returns the end of it. A listener that throws is a bug and ends the process.
   */
  follow(listener: Listener): () => void;
  close(): Promise<void>;
}

export interface JournalReading {
  readonly events: readonly WorkshopEvent[];
  readonly passedOver: readonly PassedOver[];
}

/** `torn`: the last line, cut short; `newer`: written by a later workshop; `unreadable`: anything else. Lines from 1. */
export interface PassedOver {
  readonly line: number;
  readonly reason: 'torn' | 'newer' | 'unreadable';
}

/** Opens the journal and makes it, with its folder (mode 0700), when there is none. Throws as `append` does. */
export async function openJournal(file: string): Promise<Journal> {
  const told = { code: 'JOURNAL_UNWRITABLE', attempted: ATTEMPTED, path: file, folder: dirname(file) };
  const writer = await sayingDiskErrors(told, async () => {
    await ensurePrivateFolder(dirname(file));
    return createWriter(file, await createLock(`${file}.lock`, { patienceMs: LOCK_PATIENCE_MS }));
  });
  let position: Position = { tail: writer.end, reader: createLineReader() };
  let follower: Follower | null = null;
  let pending: Promise<unknown> = Promise.resolve();
  let closed = false;

  return {
    get id() {
      return writer.id;
    },
    async read() {
      position = { tail: createTail(file), reader: createLineReader() };
      return readFrom(position);
    },
    async append(event) {
      if (closed) throw closedError(file);
      const appending = sayingDiskErrors(told, () => writer.append(event));
      pending = Promise.allSettled([pending, appending]);
      const appended = await appending;
      follower?.look();
      return appended;
    },
    follow(listener) {
      if (closed) throw closedError(file);
      follower ??= createFollower(file, position.tail, position.reader);
      return follower.add(listener);
    },
    async close() {
      closed = true;
      await pending;
      await follower?.close();
    },
  };
}

/** Where following begins. */
interface Position {
  readonly tail: Tail;
  readonly reader: LineReader;
}

async function readFrom({ tail, reader }: Position): Promise<JournalReading> {
  const { lines, rest } = await tail.read();
  const events: WorkshopEvent[] = [];
  const passedOver: PassedOver[] = [];
  for (const [i, bytes] of [...lines, ...(rest.length > 0 ? [rest] : [])].entries()) {
    const line = reader.read(bytes);
    if (line.kind === 'event') events.push(line.event);
    else if (line.kind !== 'heading')
      passedOver.push({ line: i + 1, reason: i < lines.length ? line.kind : 'torn' });
  }
  return { events, passedOver };
}

function closedError(file: string): WorkshopError {
  return new WorkshopError('JOURNAL_CLOSED', `The journal (${file}) was to be used after it was closed.`, {
    remedy: 'This is a bug of the workshop. Report this text.',
  });
}

const ATTEMPTED = 'The journal was to be written';
const LOCK_PATIENCE_MS = 10_000;
