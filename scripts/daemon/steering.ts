import { type Progress, stepProgress } from '../../model/progress.ts';
import type { Step } from '../../model/step.ts';
import { WorkshopError } from '../../model/workshop-error.ts';
import { type RevealedHint, revealHint } from '../../runner/reveal-hint.ts';
import { filesToReset, resetStep } from '../../runner/reset-step.ts';
import type { Runner } from '../../runner/runner.ts';
import { revealSolution } from '../../runner/solution.ts';
import { findStep } from '../../store/catalogue.ts';
import { loadStepContent } from '../../store/step-content.ts';
import type { Backup } from '../../store/workspace/backup.ts';
import type { Workspace } from '../../store/workspace/workspace.ts';
import { chosenStep } from '../chosen-steps.ts';
import type { Workshop } from '../workshop.ts';

/** What a person may ask of a running workshop, by a key or on a page. Steps are named by their slug. */
export interface Steering {
  current(): Step;
  /** The step before (-1) or after (+1) the current one; `null` at the ends. */
  beside(offset: -1 | 1): Step | null;
  /** Makes it the step that a save judges. */
  open(slug: string): Promise<void>;
  /** Resolves when the verdict is in the journal. Throws `STEP_NOT_JUDGED`. */
  check(slug: string): Promise<void>;
  hint(slug: string): Promise<RevealedHint>;
  /** A unified diff from the learner's files. */
  solution(slug: string): Promise<string>;
  filesToReset(slug: string): Promise<readonly string[]>;
  reset(slug: string, files: readonly string[]): Promise<Backup>;
}

export interface SteeringParts {
  readonly workshop: Workshop;
  readonly workspace: Workspace;
  /** Ready when the database was started, or could not be. */
  readonly runner: Promise<Runner>;
  progress(): Progress;
}

export function createSteering({ workshop, workspace, runner, progress }: SteeringParts): Steering {
  const { catalogue, journal } = workshop;
  const stepOf = (slug: string) => findStep(catalogue, slug);
  const record = journal.append.bind(journal);
  const current = () => chosenStep(undefined, catalogue, progress());
  return {
    current,
    beside: (offset) => catalogue[catalogue.indexOf(current()) + offset] ?? null,
    open: async (slug) => void (await record({ type: 'step.opened', slug: stepOf(slug).slug })),
    async check(slug) {
      const step = stepOf(slug);
      if (!step.judged) throw notJudged(step);
      await (await runner).check(step);
    },
    async hint(slug) {
      const step = stepOf(slug);
      const { hints } = await loadStepContent(step);
      return revealHint({ step, hints, revealed: stepProgress(progress(), slug).hintsRevealed, record });
    },
    solution: (slug) => revealSolution({ step: stepOf(slug), catalogue, workspace, record }),
    filesToReset: (slug) => filesToReset({ step: stepOf(slug), catalogue, workspace }),
    reset: (slug, files) => resetStep({ step: stepOf(slug), catalogue, workspace, files, record }),
  };
}

function notJudged(step: Step): WorkshopError {
  return new WorkshopError('STEP_NOT_JUDGED', `There are no checks yet for step ${step.number}.`, {
    remedy: 'Read its guide, and go on to a step that is judged.',
  });
}
