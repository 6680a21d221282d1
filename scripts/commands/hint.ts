import { stepProgress } from '../../model/progress.ts';
import { revealHint } from '../../runner/reveal-hint.ts';
import { loadStepContent } from '../../store/step-content.ts';
import { chosenStep } from '../chosen-steps.ts';
import { parseCommandLine } from '../command-line.ts';
import { createReleasers } from '../releasers.ts';
import { renderHint } from '../terminal/render-hint.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { openWorkshop } from '../workshop.ts';
import { workshopRoot } from '../workshop-root.ts';

/** Reveals the next hint of a step. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { words, help } = parseCommandLine(args, GRAMMAR);
  if (help) return (terminal.out(USAGE), 0);
  const releasers = createReleasers();
  try {
    const { catalogue, progress, journal } = await openWorkshop(workshopRoot(), releasers);
    const step = chosenStep(words[0], catalogue, progress);
    const { hints } = await loadStepContent(step);
    const { hintsRevealed: revealed } = stepProgress(progress, step.slug);
    const hint = await revealHint({ step, hints, revealed, record: (event) => journal.append(event) });
    terminal.out(renderHint(step, hint, terminal.columns, terminal.paint));
    return 0;
  } finally {
    await releasers.closeAll();
  }
}

const USAGE = `Type it like this: npm run hint [step]
  a step is a number or a slug; without one, the step you are at`;
const GRAMMAR = { usage: USAGE, options: {}, words: { least: 0, most: 1 } } as const;
