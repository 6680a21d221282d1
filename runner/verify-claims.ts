import type { Step } from '../model/step.ts';
import { applyPatch, type Patch } from '../store/patches.ts';
import { loadPatches, treeBefore } from '../store/solutions.ts';
import type { FileTree } from '../store/workspace/file-tree.ts';
import type { Proof } from './verify-proof.ts';
import type { Expectation } from './verify-judgement.ts';

/** A tree, the step that judges it, and what its verdict must be. */
export interface Claim {
  readonly kind: Exclude<Proof['kind'], 'form' | 'order'>;
  readonly name: string;
  readonly judgedBy: Step;
  readonly expectation: Expectation;
  /** Throws `PATCH_BROKEN` naming file and hunk. */
  tree(): FileTree;
}

/** What must be true of a step's patches: which trees pass and which are refused, and by what. Throws `PATCH_BROKEN`. */
export async function claimsOf(
  step: Step,
  catalogue: readonly Step[],
  baseline: FileTree,
): Promise<readonly Claim[]> {
  const [before, patches] = await Promise.all([treeBefore(step, catalogue, baseline), loadPatches(step)]);
  const claim = (kind: Claim['kind'], patch: Patch, expectation: Expectation, judgedBy = step): Claim => ({
    kind,
    name: kind === 'earlier' ? `${patch.file} on step ${judgedBy.number}` : patch.file,
    judgedBy,
    expectation,
    tree: () => applyPatch(before, patch),
  });

  const named = [...new Set(patches.mistakes.flatMap(({ refusedBy }) => refusedBy ?? []))];
  const flawed: Claim = {
    kind: 'baseline',
    name: 'the clinic before this step',
    judgedBy: step,
    expectation: { verdict: 'refused', byOneOf: named },
    tree: () => before,
  };
  const { solution, alternatives, mistakes } = patches;
  const earlier = await solvedBefore(step, catalogue);
  return [
    flawed,
    ...(solution === null ? [] : [claim('solution', solution, PASSES)]),
    ...(solution === null ? [] : earlier.map((other) => claim('earlier', solution, PASSES, other))),
    ...alternatives.map((patch) => claim('alternative', patch, PASSES)),
    ...mistakes.map((patch) =>
      claim('mistake', patch, { verdict: 'refused', byOneOf: [patch.refusedBy ?? ''] }),
    ),
  ];
}

/** The steps whose solutions `before` holds, and whose checks must therefore still pass. */
async function solvedBefore(step: Step, catalogue: readonly Step[]): Promise<Step[]> {
  const earlier = catalogue.filter((other) => other.judged && other.number < step.number);
  const solved = await Promise.all(
    earlier.map(async (other) => ((await loadPatches(other)).solution === null ? [] : [other])),
  );
  return solved.flat();
}

const PASSES: Expectation = { verdict: 'passed' };
