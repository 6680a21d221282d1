import { diffLines } from 'diff';
import type { Step } from '../model/step.ts';
import { mergeSolution, solvedFrom, treeBefore } from './solutions.ts';
import { textOf } from './unified-diff.ts';
import type { FileTree } from './workspace/file-tree.ts';

export interface FittingSolution {
  /** What the solution touches, sorted. */
  readonly paths: readonly string[];
  /** Those files as the solution leaves them; one that it deletes is not there. */
  readonly tree: FileTree;
  /** All files before and after it, on top of the solutions of all earlier steps. */
  readonly before: FileTree;
  readonly after: FileTree;
}

/**
 * Each file that a step's solution touches, in the version that fits the learner.
 * The solution is written on top of those of all earlier steps. A learner who comes to step 10 first would see step 8
 * in it as well, so for each file the version without the earlier solutions is taken when that one is nearer to theirs.
 * Throws `SOLUTION_MISSING`, `PATCH_BROKEN`.
 */
export async function fittingSolution(
  step: Step,
  catalogue: readonly Step[],
  baseline: FileTree,
  mine: FileTree,
): Promise<FittingSolution> {
  const before = await treeBefore(step, catalogue, baseline);
  const after = await solvedFrom(before, step);
  const paths = [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => !same(before.get(path), after.get(path)))
    .sort();
  const tree = new Map<string, Buffer>();
  for (const path of paths) {
    const whole = after.get(path);
    const alone = aloneOn(path, baseline, before, after);
    const taken = alone !== null && isNearer(mine.get(path), alone, whole) ? alone : whole;
    if (taken !== undefined) tree.set(path, taken);
  }
  return { paths, tree, before, after };
}

/** The solution's change of one file, made to the file as shipped; `null` where it needs what earlier steps did. */
function aloneOn(path: string, baseline: FileTree, before: FileTree, after: FileTree): Buffer | null {
  if (same(baseline.get(path), before.get(path))) return null;
  const merge = mergeSolution(only(path, baseline), only(path, before), only(path, after));
  return merge.outcome === 'merged' ? (merge.changes.get(path) ?? null) : null;
}

function isNearer(mine: Buffer | undefined, one: Buffer, other: Buffer | undefined): boolean {
  if (mine === undefined) return false;
  return distance(mine, one) < distance(mine, other);
}

/** How many lines differ; what is no text is as far away as can be, unless it is the same. */
function distance(mine: Buffer, other: Buffer | undefined): number {
  if (other !== undefined && mine.equals(other)) return 0;
  const [one, two] = [textOf(mine), other === undefined ? null : textOf(other)];
  if (one === null || two === null) return Infinity;
  const parts = diffLines(one, two, { maxEditLength: MOST_EDITS });
  if (parts === undefined) return Infinity;
  return parts.reduce((sum, part) => sum + (part.added || part.removed ? part.count : 0), 0);
}

function only(path: string, tree: FileTree): FileTree {
  const bytes = tree.get(path);
  return new Map(bytes === undefined ? [] : [[path, bytes]]);
}

function same(one: Buffer | undefined, other: Buffer | undefined): boolean {
  return one === undefined ? other === undefined : other !== undefined && one.equals(other);
}

/** Lines that come or go. Beyond that it is a matter of taste which version is the nearer one. */
const MOST_EDITS = 2_500;
