import type { Evidence, Reported, Run } from '../../harness/run.ts';
import { createRandom } from '../../harness/random.ts';

export interface TextRun {
  readonly run: Run;
  readonly reported: readonly Reported[];
  readonly shown: readonly Evidence[];
}

/** A run for checks that read text alone, over files that need not be on disk. Anything else throws. */
export function textRun(files: Readonly<Record<string, string>>): TextRun {
  const reported: Reported[] = [];
  const shown: Evidence[] = [];
  const made = new Map<unknown, Promise<unknown>>();
  const nothing = () => {
    throw new Error('a check of text wants the clinic or its database');
  };
  const run: Run = {
    random: createRandom(1),
    signal: new AbortController().signal,
    sources: { paths: Object.keys(files).sort(), text: (path) => files[path] ?? null },
    clinic: nothing,
    database: nothing,
    migrateOther: nothing,
    once<T>(make: (run: Run) => Promise<T>) {
      const known = (made.get(make) as Promise<T> | undefined) ?? make(run);
      made.set(make, known);
      return known;
    },
    report: (finding) => void reported.push(finding),
    show: (evidence) => void shown.push(evidence),
  };
  return { run, reported, shown };
}
