import type { Step } from '../../model/step.ts';
import type { AppliedSolution } from '../../runner/solution.ts';
import type { Paint } from './paint.ts';
import { renderDiff } from './render-diff.ts';

export function renderSolution(step: Step, diff: string, paint: Paint): string {
  const heading = paint.bold(`Step ${step.number} · ${step.title}: from your files (-) to the solution (+)`);
  if (diff === '') return `${heading}\n\n${NO_DIFFERENCE}`;
  return [heading, '', renderDiff(diff, paint), '', paint.dim(ONE_OF_MANY), paint.dim(APPLY(step))].join(
    '\n',
  );
}

export function renderApplied(step: Step, { files, backup }: AppliedSolution): string {
  if (backup === null) return ALREADY_THERE;
  return [
    `The solution of step ${step.number} is in your files now:`,
    ...files.map((file) => `  ${file}`),
    `Your files as they were are kept (${backup.id}); npm run undo brings them back.`,
  ].join('\n');
}

export const SOLUTION_QUESTION = 'This step is not passed yet. Show the solution all the same?';
const NO_DIFFERENCE = 'Your files are the solution, letter by letter.';
const ONE_OF_MANY = 'This is one right fix among many: the checks judge what the clinic does.';
const APPLY = (step: Step) => `Put it into your files: npm run solution ${step.number} -- --apply`;
const ALREADY_THERE = 'Your files hold the solution already; nothing was changed.';
