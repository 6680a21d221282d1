import { join } from 'node:path';
import { foldProgress, type Progress } from '../model/progress.ts';
import type { Step } from '../model/step.ts';
import { loadCatalogue } from '../store/catalogue.ts';
import { type Journal, openJournal } from '../store/journal/journal.ts';
import { openWorkspace } from '../store/workspace/workspace.ts';
import type { Releasers } from './releasers.ts';

/** What nearly every command looks at. */
export interface Workshop {
  readonly root: string;
  /** Absolute folder of the learner's `app`. */
  readonly app: string;
  readonly catalogue: readonly Step[];
  readonly journal: Journal;
  /** As the journal stood when it was opened. */
  readonly progress: Progress;
}

export async function openWorkshop(root: string, releasers: Releasers): Promise<Workshop> {
  const [catalogue, journal] = await Promise.all([
    loadCatalogue(root),
    openJournal(journalFile(root)),
    keepShipped(root),
  ]);
  releasers.add(() => journal.close());
  const { events } = await journal.read();
  return { root, app: join(root, 'app'), catalogue, journal, progress: foldProgress(events) };
}

/** The first command of all finds the clinic as it was shipped: without git, nobody could bring it back later. */
async function keepShipped(root: string): Promise<void> {
  await openWorkspace({ root }).catch(() => undefined);
}

const journalFile = (root: string) => join(root, '.workshop', 'journal.ndjson');
