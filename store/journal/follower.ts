import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { WorkshopEvent } from '../../model/event.ts';
import { createLineReader, type LineReader } from './line-reader.ts';
import type { Tail } from './tail.ts';

export interface Follower {
  /** Something was appended by ourselves: look at once. */
  look(): void;
  add(listener: Listener): () => void;
  close(): Promise<void>;
}

export type Listener = (event: WorkshopEvent) => void;

/**
 * Hands each event that is appended from `tail` on to the listeners, once and in its order. The folder is watched,
 * and looked at every second besides: some disks (network, containers) report no change. Keeps no process alive.
 */
export function createFollower(file: string, tail: Tail, reader: LineReader): Follower {
  const listeners = new Set<Listener>();
  let lines = reader;
  let looking: Promise<void> = Promise.resolve();
  let waiting = false;

  const deliver = async (): Promise<void> => {
    waiting = false;
    const reading = await tail.read();
    if (reading.restarted) lines = createLineReader();
    for (const line of reading.lines) {
      const read = lines.read(line);
      if (read.kind === 'event') for (const listener of [...listeners]) listener(read.event);
    }
  };
  /** A look that has not begun yet will see what this one would see. */
  const look = (): void => {
    if (waiting) return;
    waiting = true;
    looking = looking.then(deliver);
  };

  const watcher = watchFolder(file, look);
  const timer = setInterval(look, LOOK_EVERY_MS).unref();
  return {
    look,
    add: (listener) => {
      listeners.add(listener);
      look();
      return () => void listeners.delete(listener);
    },
    close: async () => {
      listeners.clear();
      clearInterval(timer);
      watcher?.close();
      await looking;
    },
  };
}

/** The folder and not the file, which may be made anew. Where the system can watch no more, looking by time remains. */
function watchFolder(file: string, look: () => void): FSWatcher | null {
  try {
    const watcher = watch(dirname(file), { persistent: false }, (_, name) => {
      if (name === null || name === basename(file)) look();
    });
    return watcher.on('error', () => watcher.close());
  } catch {
    return null;
  }
}

const LOOK_EVERY_MS = 1000;
