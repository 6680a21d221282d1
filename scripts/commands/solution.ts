import { stepProgress } from '../../model/progress.ts';
import { applySolution, revealSolution, type SolutionRequest } from '../../runner/solution.ts';
import { openWorkspace } from '../../store/workspace/workspace.ts';
import { chosenStep } from '../chosen-steps.ts';
import { parseCommandLine } from '../command-line.ts';
import { createReleasers } from '../releasers.ts';
import { confirm } from '../terminal/ask.ts';
import { renderApplied, renderSolution, SOLUTION_QUESTION } from '../terminal/render-solution.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { openWorkshop } from '../workshop.ts';
import { workshopRoot } from '../workshop-root.ts';

/** Shows the reference solution beside the learner's files, or puts it into them. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { options, words, help } = parseCommandLine(args, GRAMMAR);
  if (help) return (terminal.out(USAGE), 0);
  const releasers = createReleasers();
  try {
    const { root, catalogue, progress, journal } = await openWorkshop(workshopRoot(), releasers);
    const step = chosenStep(words[0], catalogue, progress);
    const { doneAt, solutionRevealed } = stepProgress(progress, step.slug);
    const isSpoiler = doneAt === null && !solutionRevealed;
    if (isSpoiler && !options.yes && !(await confirm(terminal, SOLUTION_QUESTION))) return 0;

    const workspace = await openWorkspace({ root });
    const request: SolutionRequest = {
      step,
      catalogue,
      workspace,
      record: (event) => journal.append(event),
    };
    terminal.out(
      options.apply
        ? renderApplied(step, await applySolution(request))
        : renderSolution(step, await revealSolution(request), terminal.paint),
    );
    return 0;
  } finally {
    await releasers.closeAll();
  }
}

const USAGE = `Type it like this: npm run solution [step] [-- options]
  a step is a number or a slug; without one, the step you are at
  --apply   put it into your files; a backup is kept, and npm run undo brings it back
  --yes     don't ask`;
const GRAMMAR = {
  usage: USAGE,
  options: { apply: 'flag', yes: 'flag' },
  words: { least: 0, most: 1 },
} as const;
