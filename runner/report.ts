import { type Progress, stepProgress, type StepProgress, workedAt } from '../model/progress.ts';
import type { Report, ReportedAnswer, ReportedFile, ReportedStep } from '../model/report.ts';
import type { Step } from '../model/step.ts';
import { splitDiscussion } from '../store/discussion.ts';
import { loadStepContent } from '../store/step-content.ts';
import { unifiedDiff } from '../store/unified-diff.ts';
import type { Workspace } from '../store/workspace/workspace.ts';
import { changedFiles } from './reset-step.ts';

export interface ReportRequest {
  readonly catalogue: readonly Step[];
  readonly workspace: Workspace;
  readonly progress: Progress;
}

/** Everything that a report tells. The same journal and the same files give the same report. */
export async function gatherReport({ catalogue, workspace, progress }: ReportRequest): Promise<Report> {
  const [baseline, mine, changed] = await Promise.all([
    workspace.baseline(),
    workspace.files(),
    workspace.changed(),
  ]);
  const pathsOf = await changedFiles(catalogue, changed, baseline);
  const shown = new Map<string, number>();
  const steps: ReportedStep[] = [];
  for (const step of catalogue) {
    const files = (pathsOf.get(step) ?? []).map((path): ReportedFile => {
      const shownUnder = shown.get(path) ?? null;
      if (shownUnder === null) shown.set(path, step.number);
      const diff = unifiedDiff(path, baseline.get(path), mine.get(path));
      return { path, diff: shownUnder === null ? diff : '', ...sizeOf(diff), shownUnder };
    });
    steps.push(await reportStep(step, progress, files));
  }
  const judged = steps.filter(({ state }) => state !== 'unjudged');
  const done = judged.filter(({ state }) => state === 'done').length;
  return { at: progress.lastAt, done, of: judged.length, steps };
}

async function reportStep(
  step: Step,
  progress: Progress,
  files: readonly ReportedFile[],
): Promise<ReportedStep> {
  const { number, slug, title, summary, judged } = step;
  const { startedAt, doneAt, runs, hintsRevealed, answers, score, ...mine } = stepProgress(progress, slug);
  const { hints, discussion } = await loadStepContent(step);
  const { questions } = splitDiscussion(discussion);
  return {
    number,
    slug,
    title,
    summary,
    state: judged ? mine.state : 'unjudged',
    startedAt,
    doneAt,
    workedMs: workedAt(progress, slug),
    runs,
    hints: { used: hintsRevealed, of: hints.length },
    solution: solutionSeen(mine.solutionRevealedAt, doneAt),
    files,
    answers: inOrder(answers, questions),
    questions: questions.length,
    score,
    open: mine.state === 'done' ? [] : openChecks(step, mine.latest),
  };
}

/** As the discussion asks now; answers to questions that it no longer asks come last. */
function inOrder(answers: StepProgress['answers'], questions: readonly string[]): ReportedAnswer[] {
  const place = (question: string) => {
    const index = questions.indexOf(question);
    return index === -1 ? questions.length : index;
  };
  return Object.entries(answers)
    .map(([question, { text, at }]) => ({ question, text, at }))
    .sort((one, other) => place(one.question) - place(other.question));
}

function openChecks(step: Step, latest: StepProgress['latest']): string[] {
  const ended = new Map(latest?.checks.map(({ id, outcome }) => [id, outcome]));
  if (ended.size === 0) return [];
  return step.checks.filter(({ id }) => ended.get(id) !== 'passed').map(({ title }) => title);
}

function solutionSeen(at: string | null, doneAt: string | null): ReportedStep['solution'] {
  if (at === null) return 'not seen';
  return doneAt !== null && doneAt <= at ? 'seen after passing' : 'seen before passing';
}

function sizeOf(diff: string): { readonly added: number; readonly removed: number } {
  const [, , ...lines] = diff.split('\n');
  const starting = (sign: string) => lines.filter((line) => line.startsWith(sign)).length;
  return { added: starting('+'), removed: starting('-') };
}
