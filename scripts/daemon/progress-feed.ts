import type { WorkshopEvent } from '../../model/event.ts';
import { applyEvent, type Progress } from '../../model/progress.ts';
import type { Journal } from '../../store/journal/journal.ts';

/** The journal folded as it grows. Whoever follows is told of an event after `progress()` counts it in. */
export interface ProgressFeed {
  progress(): Progress;
  follow(listener: (event: WorkshopEvent) => void): () => void;
  close(): void;
}

/** `progress` is the fold of what `journal.read()` answered last. */
export function createProgressFeed(journal: Journal, progress: Progress): ProgressFeed {
  const listeners = new Set<(event: WorkshopEvent) => void>();
  let current = progress;
  const stop = journal.follow((event) => {
    current = applyEvent(current, event);
    for (const listener of [...listeners]) listener(event);
  });
  return {
    progress: () => current,
    follow(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      listeners.clear();
      stop();
    },
  };
}
