import { randomUUID } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { EVENT_VERSION, type NewEvent, type WorkshopEvent, workshopEventSchema } from '../../model/event.ts';
import type { Lock } from '../lock.ts';
import { envelopeOf, HEADING } from './line-reader.ts';
import { createTail, type Tail, type TailReading } from './tail.ts';

export interface Writer {
  readonly id: string;
  append(event: NewEvent): Promise<WorkshopEvent>;
  /** A tail from the end of the journal as it was found. */
  readonly end: Tail;
}

/**
 * Appends to a journal that others append to as well. Under the lock it first reads what they added, so numbers rise
 * without gap or twin; a last line that was cut short is closed by a newline of its own and never glued to the next.
 * The bytes are handed to the operating system before `append` answers, and survive the end of this process. What no
 * run of the checks could bring back, as an answer that the learner wrote, has reached the disk as well.
 */
export async function createWriter(file: string, lock: Lock): Promise<Writer> {
  const tail = createTail(file);
  let id: string | null = null;
  let lastSeq = 0;

  const absorb = ({ lines, rest, restarted }: TailReading): void => {
    // A journal that was only removed goes on under its own name and number; another one in its place has its own.
    if (restarted && lines.length > 0) [id, lastSeq] = [null, 0];
    for (const { journal, seq } of [...lines, ...whole(rest)].map(envelopeOf)) {
      id ??= journal;
      lastSeq = Math.max(lastSeq, seq ?? 0);
    }
  };

  const identity = (): string => (id ??= randomUUID());

  const write = <T>(work: (put: Put, sync: () => Promise<void>) => Promise<T>): Promise<T> =>
    lock.hold(async () => {
      const handle = await open(file, 'a+', 0o600);
      try {
        const reading = await tail.read(handle);
        absorb(reading);
        let torn = reading.rest.length;
        const put = async (line: object): Promise<void> => {
          const bytes = Buffer.from(`${torn > 0 ? '\n' : ''}${JSON.stringify(line)}\n`);
          await writeWhole(handle, bytes);
          tail.skip(torn + bytes.length);
          torn = 0;
        };
        if (id === null || (reading.restarted && reading.lines.length === 0)) await put(heading(identity()));
        return await work(put, () => handle.datasync());
      } finally {
        await handle.close();
      }
    });

  await write(async () => undefined);
  return {
    get id() {
      return identity();
    },
    end: tail.fork(),
    append: (added) =>
      write(async (put, sync) => {
        const envelope = {
          v: EVENT_VERSION,
          journal: identity(),
          seq: lastSeq + 1,
          at: new Date().toISOString(),
        };
        const event = workshopEventSchema.parse({ ...envelope, ...added });
        await put(event);
        if (LASTING.has(event.type)) await sync();
        lastSeq = event.seq;
        return event;
      }),
  };
}

type Put = (line: object) => Promise<void>;

/** The only prefix of a line that parses is the whole line: it lacks nothing but its newline. */
function whole(rest: Buffer): Buffer[] {
  try {
    JSON.parse(rest.toString('utf8'));
    return [rest];
  } catch {
    return [];
  }
}

function heading(journal: string): object {
  return { v: EVENT_VERSION, journal, type: HEADING, at: new Date().toISOString() };
}

/** A write that stops half-way (disk full) is taken back, as far as the system lets us. */
async function writeWhole(handle: FileHandle, bytes: Buffer): Promise<void> {
  if (bytes.length === 0) return;
  const { size } = await handle.stat();
  try {
    for (let done = 0; done < bytes.length;) {
      done += (await handle.write(bytes, done, bytes.length - done)).bytesWritten;
    }
  } catch (cause) {
    await handle.truncate(size).catch(() => undefined);
    throw cause;
  }
}

/** Verdicts come many at a time, and the next run says them again. */
const LASTING: ReadonlySet<WorkshopEvent['type']> = new Set([
  'solution.applied',
  'step.reset',
  'work.restored',
  'discussion.answered',
  'discussion.scored',
]);
