import type { Step } from '../../model/step.ts';
import { solved, treeBefore } from '../../store/solutions.ts';
import type { FileTree } from '../../store/workspace/file-tree.ts';

/** `app/` of a learner who goes in order: as a step begins, and with its reference solution. */
export interface StepTrees {
  readonly before: FileTree;
  readonly after: FileTree;
  /** The file that is saved: one of the step's own, and a migration where the step has one. */
  readonly touched: { readonly failed: string; readonly passed: string };
}

export async function loadStepTrees(
  step: Step,
  catalogue: readonly Step[],
  baseline: FileTree,
): Promise<StepTrees> {
  const [before, after] = [
    await treeBefore(step, catalogue, baseline),
    await solved(step, catalogue, baseline),
  ];
  const changed = [...after.keys()].filter(
    (path) => before.get(path)?.equals(after.get(path) ?? Buffer.alloc(0)) !== true,
  );
  const own = changed.filter((path) => step.files.some((file) => path === file || path.startsWith(file)));
  const passed = own.find((path) => path.endsWith('.sql')) ?? own[0] ?? changed[0] ?? FALLBACK;
  const failed = own.find((path) => before.has(path)) ?? FALLBACK;
  return { before, after, touched: { failed, passed } };
}

const FALLBACK = 'app/src/app.ts';
