import { stepState } from '../../docs/components/step-state.ts';
import { currentStep, type Progress, stepProgress } from '../../model/progress.ts';
import type { Step } from '../../model/step.ts';
import { STATE_LOOKS } from './looks.ts';
import type { Paint } from './paint.ts';

/** The steps as a table: number, title, state, hints used, minutes. An arrow stands before the current one. */
export function renderList(catalogue: readonly Step[], progress: Progress, paint: Paint): string {
  const current = currentStep(progress, catalogue);
  const widest = Math.max(0, ...catalogue.map((step) => step.title.length));
  const lines = catalogue.map((step) => {
    const mine = stepProgress(progress, step.slug);
    const { name, word } = stepState(step, mine);
    const { glyph, colour } = STATE_LOOKS[name];
    const state = paint[colour](`${glyph} ${word.padEnd(LONGEST_WORD)}`);
    const cells = [
      step.slug === current?.slug ? '→' : ' ',
      String(step.number).padStart(2),
      step.title.padEnd(widest),
      state,
      usedOf(mine.hintsRevealed, mine.solutionRevealed).padEnd(LONGEST_USED),
      `${String(step.minutes).padStart(3)} min`,
    ];
    return cells.join('  ');
  });
  return [...lines, '', summary(catalogue, progress)].join('\n');
}

function usedOf(hints: number, solution: boolean): string {
  if (solution) return 'solution seen';
  return hints === 0 ? '' : `${hints} ${hints === 1 ? 'hint' : 'hints'}`;
}

function summary(catalogue: readonly Step[], progress: Progress): string {
  const done = catalogue.filter((step) => stepProgress(progress, step.slug).state === 'done');
  const left = catalogue.filter((step) => !done.includes(step));
  const minutes = left.reduce((sum, step) => sum + step.minutes, 0);
  return `${done.length} of ${catalogue.length} done; about ${Math.ceil(minutes / 30) / 2} hours to go.`;
}

const LONGEST_WORD = 'not judged yet'.length;
const LONGEST_USED = 'solution seen'.length;
