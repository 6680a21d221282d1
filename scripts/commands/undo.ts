import { undoLast } from '../../runner/undo-last.ts';
import { openWorkspace } from '../../store/workspace/workspace.ts';
import { chosenStep } from '../chosen-steps.ts';
import { parseCommandLine } from '../command-line.ts';
import { createReleasers } from '../releasers.ts';
import { renderUndo } from '../terminal/render-reset.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { openWorkshop } from '../workshop.ts';
import { workshopRoot } from '../workshop-root.ts';

/** Brings the last backup of the learner's files back; a second time takes that back. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { words, help } = parseCommandLine(args, GRAMMAR);
  if (help) return (terminal.out(USAGE), 0);
  const releasers = createReleasers();
  try {
    const { root, catalogue, progress, journal } = await openWorkshop(workshopRoot(), releasers);
    const workspace = await openWorkspace({ root });
    const { slug } = chosenStep(undefined, catalogue, progress);
    const record = journal.append.bind(journal);
    const { backup, files } = await undoLast({ workspace, slug, backup: words[0], record });
    terminal.out(renderUndo(backup, files));
    return 0;
  } finally {
    await releasers.closeAll();
  }
}

const USAGE = `Type it like this: npm run undo [-- backup]
  without a name, the newest backup; their names are those of the files in .workshop/backups/`;
const GRAMMAR = { usage: USAGE, options: {}, words: { least: 0, most: 1 } } as const;
