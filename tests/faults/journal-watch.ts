import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { WorkshopEvent } from '../../model/event.ts';
import type { Verdict } from '../../model/verdict.ts';
import { type Journal, openJournal } from '../../store/journal/journal.ts';

/** The journal of a workshop as it grows. */
export interface JournalWatch {
  readonly journal: Journal;
  readonly events: readonly WorkshopEvent[];
  /** The verdicts of runs that began after the event number `from`. */
  verdicts(from: number): readonly Verdict[];
  /** Resolves when the latest run of those came to a verdict and none is under way. */
  decided(from: number): Promise<Verdict>;
  /**
   * The same once that verdict is this one: for changes of many moments, of which a run may have met the first half.
   */
  decided(from: number, outcome: Verdict['outcome'] | ((verdict: Verdict) => boolean)): Promise<Verdict>;
  /** How many events there are, those included that were not heard of yet: what comes later begins there. */
  journaled(): Promise<number>;
  close(): Promise<void>;
}

export async function watchJournal(root: string): Promise<JournalWatch> {
  const journal = await openJournal(join(root, '.workshop', 'journal.ndjson'));
  const events: WorkshopEvent[] = [];
  journal.follow((event) => events.push(event));

  const begun = (from: number) =>
    new Set(events.slice(from).flatMap((event) => (event.type === 'run.started' ? [event.run] : [])));
  const verdicts = (from: number) => {
    const runs = begun(from);
    return events
      .slice(from)
      .flatMap((event) => (event.type === 'run.finished' && runs.has(event.run) ? [event.verdict] : []));
  };
  return {
    journal,
    events,
    verdicts,
    journaled: async () => (await journal.read()).events.length,
    async decided(from: number, wanted: Verdict['outcome'] | ((verdict: Verdict) => boolean) = isVerdict) {
      const isIt = typeof wanted === 'string' ? ({ outcome }: Verdict) => outcome === wanted : wanted;
      const until = performance.now() + PATIENCE_MS;
      for (;;) {
        const last = verdicts(from).at(-1);
        const isQuiet = verdicts(from).length === begun(from).size;
        if (last !== undefined && isIt(last) && isQuiet) return last;
        if (performance.now() > until) throw new Error(`no verdict: ${JSON.stringify(events.slice(from))}`);
        await pause(20);
      }
    },
    close: () => journal.close(),
  };
}

const isVerdict = ({ outcome }: Verdict) => outcome !== 'cancelled';

const PATIENCE_MS = 60_000;
