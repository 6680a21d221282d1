import type { Step } from '../../model/step.ts';
import type { Backup } from '../../store/workspace/backup.ts';

export function renderReset(step: Step, files: readonly string[], backup: Backup): string {
  return [
    `The files of step ${step.number} (${step.slug}) are as they were shipped:`,
    ...files.map((file) => `  ${file}`),
    `Yours are kept (${backup.id}); npm run undo brings them back.`,
  ].join('\n');
}

export function resetQuestion(step: Step, files: readonly string[]): string {
  return [
    `Step ${step.number} (${step.slug}): these files become as they were shipped. Yours are kept in a backup.`,
    ...files.map((file) => `  ${file}`),
    'Go on?',
  ].join('\n');
}

export function renderUndo(backup: Backup, files: readonly string[]): string {
  const heading = `Your files are as they were before: ${backup.reason} (${backup.at}).`;
  if (files.length === 0) return `${heading}\nNothing had changed since, so nothing was written.`;
  return [heading, ...files.map((file) => `  ${file}`), 'npm run undo once more takes this back.'].join('\n');
}

export const NOTHING_TO_RESET = (step: Step): string =>
  `The files of step ${step.number} (${step.slug}) are as they were shipped already; nothing was changed.`;
