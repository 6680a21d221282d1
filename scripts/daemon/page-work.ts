import type { GuideActions, GuideSource } from '../../docs/guide-source.ts';
import type { Progress } from '../../model/progress.ts';
import { WorkshopError } from '../../model/workshop-error.ts';
import { answerQuestion, scoreDiscussion } from '../../runner/discussion.ts';
import { gatherReport } from '../../runner/report.ts';
import { filesToReset, resetStep } from '../../runner/reset-step.ts';
import { compareSolution, recordLook } from '../../runner/solution.ts';
import { undoLast } from '../../runner/undo-last.ts';
import { findStep } from '../../store/catalogue.ts';
import { splitDiscussion } from '../../store/discussion.ts';
import { loadStepContent } from '../../store/step-content.ts';
import type { Workspace } from '../../store/workspace/workspace.ts';
import type { Workshop } from '../workshop.ts';

export interface PageWork {
  readonly shows: Pick<GuideSource, 'comparison' | 'resetPlan' | 'report'>;
  readonly does: Pick<GuideActions, 'showSolution' | 'reset' | 'undo' | 'answer' | 'score'>;
}

export interface PageWorkParts {
  readonly workshop: Pick<Workshop, 'catalogue' | 'journal'>;
  readonly workspace: Workspace;
  progress(): Progress;
}

/** What only pages ask of the learner's files and answers; a command does the same in a process of its own. */
export function createPageWork({ workshop, workspace, progress }: PageWorkParts): PageWork {
  const { catalogue, journal } = workshop;
  const record = journal.append.bind(journal);
  const stepOf = (slug: string) => findStep(catalogue, slug);
  return {
    shows: {
      comparison: (step) => compareSolution({ step, catalogue, workspace }),
      async resetPlan(step) {
        const [files, backups] = await Promise.all([
          filesToReset({ step, catalogue, workspace }),
          workspace.backups(),
        ]);
        return { files, last: backups.find(({ undone }) => !undone) ?? null };
      },
      report: () => gatherReport({ catalogue, workspace, progress: progress() }),
    },
    does: {
      showSolution: (slug) => recordLook({ step: stepOf(slug), record }),
      async reset(slug, shown) {
        const step = stepOf(slug);
        const now = await filesToReset({ step, catalogue, workspace });
        const files = now.filter((path) => shown.includes(path));
        if (files.length === 0) throw nothingToReset(step.number);
        await resetStep({ step, catalogue, workspace, files, record });
      },
      async undo(slug, backup) {
        const wanted = (await workspace.backups()).find(({ id }) => id === backup);
        if (wanted?.undone === true) throw undoneAlready(backup);
        await undoLast({ workspace, slug: stepOf(slug).slug, backup, record });
      },
      async answer(slug, question, answer) {
        const step = stepOf(slug);
        const { questions } = splitDiscussion((await loadStepContent(step)).discussion);
        await answerQuestion({ step, questions, question, answer, record });
      },
      score: async (slug, level) => void (await scoreDiscussion(stepOf(slug), level, record)),
    },
  };
}

function nothingToReset(number: number): WorkshopError {
  return new WorkshopError(
    'NOTHING_TO_RESET',
    `The files of step ${number} were to become as shipped, and they are already. Nothing was changed.`,
    { remedy: 'Load the page again to see your files as they are now.' },
  );
}

/** A page that was left open would otherwise bring it back over what was written since. */
function undoneAlready(backup: string): WorkshopError {
  return new WorkshopError(
    'UNDONE_ALREADY',
    `The backup ${backup} was to be brought back, and it was already. Nothing was changed.`,
    { remedy: `Load the page again; to bring it back once more, run \`npm run undo ${backup}\`.` },
  );
}
