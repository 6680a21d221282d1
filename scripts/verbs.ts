import type { Command } from './command.ts';

export interface Verb {
  readonly summary: string;
  /** Only the command that runs is loaded: `list` must not wait for a database driver. */
  load(): Promise<Command>;
}

export const VERBS: Readonly<Record<string, Verb>> = {
  start: { summary: 'the workshop: database, clinic, guide', load: () => import('./commands/start.ts') },
  check: { summary: 'run the checks of a step once', load: () => import('./commands/check.ts') },
  list: { summary: 'the steps and where you stand', load: () => import('./commands/list.ts') },
  hint: { summary: 'the next hint of a step', load: () => import('./commands/hint.ts') },
  solution: {
    summary: 'compare your files with the reference solution',
    load: () => import('./commands/solution.ts'),
  },
  reset: {
    summary: "bring a step's files back to how they were shipped",
    load: () => import('./commands/reset.ts'),
  },
  undo: { summary: 'bring the last backup back', load: () => import('./commands/undo.ts') },
  open: { summary: "open a step's file in your editor", load: () => import('./commands/open.ts') },
  answer: {
    summary: "answer the questions of a step's discussion",
    load: () => import('./commands/answer.ts'),
  },
  score: { summary: 'score your answers by the rubric', load: () => import('./commands/score.ts') },
  report: { summary: 'what you fixed, and what you said', load: () => import('./commands/report.ts') },
  image: {
    summary: 'write the image of the Dockerfile, without Docker',
    load: () => import('./commands/image.ts'),
  },
  doctor: {
    summary: 'see what would stop the workshop on this computer',
    load: () => import('./commands/doctor.ts'),
  },
  lock: {
    summary: 'make the lock of app/package.json, without a network',
    load: () => import('./commands/lock.ts'),
  },
  clinic: { summary: 'only the clinic', load: () => import('./commands/clinic.ts') },
  test: { summary: "the workshop's own test suite", load: () => import('./commands/test.ts') },
  author: {
    summary: 'write a step: new, verify, edit, save, baseline',
    load: () => import('./commands/author.ts'),
  },
  bench: { summary: 'measure how fast the workshop is here', load: () => import('./commands/bench.ts') },
};
