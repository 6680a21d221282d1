import type { NewEvent } from '../model/event.ts';
import type { Step } from '../model/step.ts';
import { WorkshopError } from '../model/workshop-error.ts';
import { compareTrees, type SolutionComparison } from '../store/comparison.ts';
import { fittingSolution } from '../store/fitting-solution.ts';
import {
  loadSolution,
  type Merge,
  type MergeConflict,
  mergeSolution,
  solved,
  treeBefore,
} from '../store/solutions.ts';
import type { Backup } from '../store/workspace/backup.ts';
import type { FileTree } from '../store/workspace/file-tree.ts';
import type { Workspace } from '../store/workspace/workspace.ts';

export interface SolutionRequest {
  readonly step: Step;
  readonly catalogue: readonly Step[];
  readonly workspace: Workspace;
  record(event: NewEvent): Promise<unknown>;
}

/** The learner's files beside the reference solution that fits them. Looking changes nothing. Throws `SOLUTION_MISSING`. */
export async function compareSolution({
  step,
  catalogue,
  workspace,
}: Omit<SolutionRequest, 'record'>): Promise<SolutionComparison> {
  const [baseline, mine, leftOut] = await Promise.all([
    workspace.baseline(),
    workspace.files(),
    workspace.leftOut(),
  ]);
  const { paths, tree, before, after } = await fittingSolution(step, catalogue, baseline, mine);
  const merge = mergeSolution(mine, before, after);
  const solution = await loadSolution(step);
  return {
    title: solution?.title ?? '',
    notes: solution?.notes ?? '',
    files: paths.map((path) => ({
      path,
      mine: mine.get(path) ?? null,
      theirs: tree.get(path) ?? null,
      unread: leftOut.find((left) => left.path === path)?.reason ?? null,
    })),
    conflicts: merge.outcome === 'conflicts' ? merge.conflicts : [],
  };
}

/** Unified diff from the learner's files to the reference solution's; '' when they are equal. Throws `SOLUTION_MISSING`. */
export async function revealSolution(request: SolutionRequest): Promise<string> {
  const { files } = await compareSolution(request);
  const side = (name: 'mine' | 'theirs'): FileTree =>
    new Map(files.flatMap((file) => (file[name] === null ? [] : [[file.path, file[name]] as const])));
  const diff = compareTrees(
    side('mine'),
    side('theirs'),
    files.map(({ path }) => path),
  );
  await recordLook(request);
  return diff;
}

/** Journals that the solution was looked at. */
export async function recordLook({ step, record }: Pick<SolutionRequest, 'step' | 'record'>): Promise<void> {
  await record({ type: 'solution.revealed', slug: step.slug });
}

export interface AppliedSolution {
  readonly files: readonly string[];
  /** `null` when the learner's files held all of it already. */
  readonly backup: Backup | null;
}

/**
 * Puts what the solution changes into the learner's files as they are. Throws `SOLUTION_CONFLICTS` when both changed
 * the same lines: then nothing is written.
 */
export async function applySolution(request: SolutionRequest): Promise<AppliedSolution> {
  const { step, workspace, record } = request;
  const { before, after } = await treesOf(request);
  const merge: Merge = mergeSolution(await workspace.files(), before, after);
  if (merge.outcome === 'conflicts') throw conflicting(step, merge.conflicts);
  const files = [...merge.changes.keys()];
  if (files.length === 0) return { files, backup: null };
  const backup = await workspace.write(merge.changes, `solution of ${step.slug}`);
  await record({ type: 'solution.applied', slug: step.slug, backup: backup.id });
  return { files, backup };
}

/** What differs between two trees, sorted. */
export function pathsBetween(before: FileTree, after: FileTree): string[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.filter((path) => {
    const [one, other] = [before.get(path), after.get(path)];
    return one === undefined || other === undefined || !one.equals(other);
  });
}

async function treesOf({ step, catalogue, workspace }: SolutionRequest) {
  const baseline = await workspace.baseline();
  const before = await treeBefore(step, catalogue, baseline);
  return { before, after: await solved(step, catalogue, baseline) };
}

function conflicting(step: Step, conflicts: readonly MergeConflict[]): WorkshopError {
  const places = conflicts.map(({ file, lines, reason }) => {
    const place = lines === null ? file : `${file}, lines ${lines.from} to ${lines.to}`;
    return `  ${place}: ${reason}`;
  });
  const message = [`The solution of step ${step.number} could not be put into your files:`, ...places];
  return new WorkshopError('SOLUTION_CONFLICTS', message.join('\n'), {
    remedy: `Nothing was changed. Take the lines over by hand (\`npm run solution ${step.number}\` shows them), or first \`npm run reset ${step.number}\`.`,
  });
}
