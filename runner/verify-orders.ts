import { createHash, randomBytes } from 'node:crypto';
import type { Step } from '../model/step.ts';
import { problemOf } from '../model/workshop-error.ts';
import { loadPatches, mergeSolution, solved, treeBefore } from '../store/solutions.ts';
import type { FileTree } from '../store/workspace/file-tree.ts';
import type { Verification } from './verify.ts';
import { judgement } from './verify-judgement.ts';
import type { Proof } from './verify-proof.ts';
import { withTree } from './verify-tree.ts';

/** A step with what its solution changes: from `base` to `theirs`. */
interface Solution {
  readonly step: Step;
  readonly base: FileTree;
  readonly theirs: FileTree;
}

/**
 * Merges the solutions of all judged steps into the shipped `app/`, one after the other, in `count` random orders that
 * respect `after`. Each must pass when it is merged, and all of them at the end of every order. What was judged on the
 * same files once is not judged again. Throws `PATCH_BROKEN`.
 */
export async function verifyOrders(
  verification: Verification,
  options: { readonly count: number; readonly seed: number },
): Promise<readonly Proof[]> {
  const solutions = await loadSolutions(verification);
  const judged = new Map<string, Promise<readonly string[]>>();
  const proofs: Proof[] = [];
  for (let number = 1; number <= options.count && !verification.signal.aborted; number++) {
    const order = inRandomOrder(solutions, `${options.seed}:${number}`);
    const started = performance.now();
    const faults = await faultsOf(order, verification, judged).catch((error: unknown) => [
      problemOf(error).message,
    ]);
    const last = order.at(-1);
    if (last === undefined) continue;
    const proof: Proof = {
      slug: last.step.slug,
      kind: 'order',
      name: order.map(({ step }) => step.number).join(', '),
      outcome: faults.length === 0 ? 'proven' : 'refuted',
      faults,
      durationMs: performance.now() - started,
    };
    proofs.push(proof);
    verification.onProof(proof);
  }
  return proofs;
}

async function loadSolutions({ steps, catalogue, baseline }: Verification): Promise<Solution[]> {
  const loaded = await Promise.all(
    steps.map(async (step) => {
      if ((await loadPatches(step)).solution === null) return [];
      const [base, theirs] = await Promise.all([
        treeBefore(step, catalogue, baseline),
        solved(step, catalogue, baseline),
      ]);
      return [{ step, base, theirs }];
    }),
  );
  return loaded.flat();
}

async function faultsOf(
  order: readonly Solution[],
  verification: Verification,
  judged: Map<string, Promise<readonly string[]>>,
): Promise<readonly string[]> {
  let mine = verification.baseline;
  const faults: string[] = [];
  for (const { step, base, theirs } of order) {
    const merge = mergeSolution(mine, base, theirs);
    if (merge.outcome === 'conflicts') {
      const [first] = merge.conflicts;
      return [
        `the solution of step ${step.number} does not merge: ${first?.file ?? ''}: ${first?.reason ?? ''}`,
      ];
    }
    mine = changed(mine, merge.changes);
    faults.push(
      ...(await judgeOnce(step, mine)).map((fault) => `after merging step ${step.number}: ${fault}`),
    );
  }
  for (const { step } of order) {
    faults.push(...(await judgeOnce(step, mine)).map((fault) => `step ${step.number} at the end: ${fault}`));
  }
  return faults;

  function judgeOnce(step: Step, tree: FileTree): Promise<readonly string[]> {
    const key = `${step.slug} ${digest(tree)}`;
    const known = judged.get(key) ?? faultsOn(step, tree, verification);
    judged.set(key, known);
    return known;
  }
}

async function faultsOn(
  step: Step,
  tree: FileTree,
  { root, judge, signal }: Verification,
): Promise<readonly string[]> {
  const run = randomBytes(6).toString('hex');
  const seed = randomBytes(4).readUInt32BE() >>> 1;
  const { verdict } = await withTree(root, tree, (app) => judge.run({ run, step, app, seed, signal }));
  const { outcome, faults } = judgement({ verdict: 'passed' }, verdict);
  return outcome === 'proven' ? [] : [...faults, `(random values: --seed ${seed})`];
}

function changed(tree: FileTree, changes: ReadonlyMap<string, Buffer | null>): FileTree {
  const next = new Map(tree);
  for (const [path, bytes] of changes) {
    if (bytes === null) next.delete(path);
    else next.set(path, bytes);
  }
  return next;
}

/** By the digest of seed and slug, as soon as everything it must come after has come. */
function inRandomOrder(solutions: readonly Solution[], seed: string): Solution[] {
  const chance = ({ step }: Solution) => createHash('sha256').update(`${seed} ${step.slug}`).digest('hex');
  const left = [...solutions].sort((a, b) => chance(a).localeCompare(chance(b)));
  const order: Solution[] = [];
  while (left.length > 0) {
    const slugs = left.map(({ step }) => step.slug);
    const next = left.findIndex(({ step }) => !step.after.some((slug) => slugs.includes(slug)));
    order.push(...left.splice(Math.max(0, next), 1));
  }
  return order;
}

function digest(tree: FileTree): string {
  const hash = createHash('sha256');
  for (const [path, bytes] of [...tree].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  return hash.digest('hex');
}
