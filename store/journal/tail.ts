import { type FileHandle, open } from 'node:fs/promises';
import { errnoOf } from '../disk-error.ts';

/** Whole lines of a growing file, each once, without the newline. */
export interface Tail {
  /** What was added since the last reading. Pass a handle to read through it. */
  read(handle?: FileHandle): Promise<TailReading>;
  /** A tail that goes on from here on its own. */
  fork(): Tail;
  /** The caller wrote these bytes itself, ending with a newline, right behind what was read. */
  skip(bytes: number): void;
}

export interface TailReading {
  readonly lines: readonly Buffer[];
  /** The last line so far, when no newline ends it: being written just now, or cut short for good. */
  readonly rest: Buffer;
  /** The file was cut, removed or replaced, and this reading begins at its beginning. */
  readonly restarted: boolean;
}

export function createTail(file: string, from: Position = BEGINNING): Tail {
  let position = from;
  const readThrough = async (handle: FileHandle): Promise<TailReading> => {
    const { size, ino } = await handle.stat();
    const restarted = position.offset > 0 && (size < position.offset || ino !== position.inode);
    const offset = restarted ? 0 : position.offset;
    const bytes = await readBytes(handle, offset, size - offset);
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    position = { offset: offset + end, inode: ino };
    return { lines: splitLines(bytes.subarray(0, end)), rest: bytes.subarray(end), restarted };
  };
  return {
    async read(handle) {
      if (handle !== undefined) return readThrough(handle);
      const own = await openIfThere(file);
      if (own === null) return forget();
      return readThrough(own).finally(() => own.close());
    },
    fork: () => createTail(file, position),
    skip: (bytes) => {
      position = { ...position, offset: position.offset + bytes };
    },
  };

  function forget(): TailReading {
    const restarted = position.offset > 0;
    position = BEGINNING;
    return { lines: [], rest: Buffer.alloc(0), restarted };
  }
}

interface Position {
  readonly offset: number;
  readonly inode: number;
}

async function openIfThere(file: string): Promise<FileHandle | null> {
  try {
    return await open(file, 'r');
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT') return null;
    throw cause;
  }
}

/** The file may shrink between its stat and the reading: what is there counts. */
async function readBytes(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(Math.max(0, length));
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

function splitLines(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let from = 0; from < bytes.length;) {
    const to = bytes.indexOf(NEWLINE, from);
    lines.push(bytes.subarray(from, to));
    from = to + 1;
  }
  return lines;
}

const NEWLINE = 0x0a;
const BEGINNING: Position = { offset: 0, inode: 0 };
