import { stepProgress } from '../../model/progress.ts';
import { scoreDiscussion } from '../../runner/discussion.ts';
import { splitDiscussion } from '../../store/discussion.ts';
import { loadStepContent } from '../../store/step-content.ts';
import { chosenStep } from '../chosen-steps.ts';
import { parseCommandLine } from '../command-line.ts';
import { createReleasers } from '../releasers.ts';
import { renderRubric } from '../terminal/render-discussion.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { openWorkshop } from '../workshop.ts';
import { workshopRoot } from '../workshop-root.ts';

/** Keeps how somebody scores their own answers; without a level, shows the rubric. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { words, help } = parseCommandLine(args, GRAMMAR);
  if (help) return (terminal.out(USAGE), 0);
  const releasers = createReleasers();
  try {
    const { catalogue, progress, journal } = await openWorkshop(workshopRoot(), releasers);
    const step = chosenStep(words[0], catalogue, progress);
    if (words[1] === undefined) {
      const { rubric } = splitDiscussion((await loadStepContent(step)).discussion);
      const { score } = stepProgress(progress, step.slug);
      terminal.out(renderRubric({ step, rubric, score, columns: terminal.columns, paint: terminal.paint }));
      return 0;
    }
    const level = await scoreDiscussion(step, words[1], (event) => journal.append(event));
    terminal.out(`Step ${step.number} · ${step.title}: you scored yourself as ${level}.`);
    return 0;
  } finally {
    await releasers.closeAll();
  }
}

const USAGE = `Type it like this: npm run score [step] [junior|mid-level|senior]
  a step is a number or a slug; without a level, what engineers of each would say`;
const GRAMMAR = { usage: USAGE, options: {}, words: { least: 0, most: 2 } } as const;
