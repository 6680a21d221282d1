import { filesToReset, resetStep } from '../../runner/reset-step.ts';
import { openWorkspace } from '../../store/workspace/workspace.ts';
import { chosenStep } from '../chosen-steps.ts';
import { parseCommandLine } from '../command-line.ts';
import { createReleasers } from '../releasers.ts';
import { confirm } from '../terminal/ask.ts';
import { NOTHING_TO_RESET, renderReset, resetQuestion } from '../terminal/render-reset.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { openWorkshop } from '../workshop.ts';
import { workshopRoot } from '../workshop-root.ts';

/** Brings a step's files back to how they were shipped, and keeps the learner's in a backup. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { options, words, help } = parseCommandLine(args, GRAMMAR);
  if (help) return (terminal.out(USAGE), 0);
  const releasers = createReleasers();
  try {
    const { root, catalogue, progress, journal } = await openWorkshop(workshopRoot(), releasers);
    const step = chosenStep(words[0], catalogue, progress);
    const workspace = await openWorkspace({ root });
    const files = await filesToReset({ step, catalogue, workspace });
    if (files.length === 0) return (terminal.out(NOTHING_TO_RESET(step)), 0);
    if (!options.yes && !(await confirm(terminal, resetQuestion(step, files)))) return 0;
    const record = journal.append.bind(journal);
    const backup = await resetStep({ step, catalogue, workspace, files, record });
    terminal.out(renderReset(step, files, backup));
    return 0;
  } finally {
    await releasers.closeAll();
  }
}

const USAGE = `Type it like this: npm run reset [step] [-- options]
  a step is a number or a slug; without one, the step you are at
  --yes   don't ask`;
const GRAMMAR = { usage: USAGE, options: { yes: 'flag' }, words: { least: 0, most: 1 } } as const;
