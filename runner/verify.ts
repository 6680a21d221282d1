import { randomBytes, randomInt } from 'node:crypto';
import type { Step } from '../model/step.ts';
import { problemOf } from '../model/workshop-error.ts';
import type { FileTree } from '../store/workspace/file-tree.ts';
import type { Judge } from './judge.ts';
import { type Claim, claimsOf } from './verify-claims.ts';
import { formFaults } from './verify-form.ts';
import { judgement } from './verify-judgement.ts';
import type { Proof } from './verify-proof.ts';
import { withTree } from './verify-tree.ts';

export interface Verification {
  readonly root: string;
  /** The steps to prove, judged ones. */
  readonly steps: readonly Step[];
  readonly catalogue: readonly Step[];
  /** `app/` as shipped. */
  readonly baseline: FileTree;
  readonly judge: Judge;
  readonly signal: AbortSignal;
  onProof(proof: Proof): void;
}

/**
 * Proves each step in clean copies: its folder is complete, the clinic before it is refused by a rule that a mistake
 * names, its solution passes and breaks no earlier step, each alternative passes, each mistake is refused by its rule.
 * Stops early when aborted. Never touches `app/`.
 */
export async function verifySteps(verification: Verification): Promise<readonly Proof[]> {
  const proofs: Proof[] = [];
  for (const step of verification.steps) {
    for await (const proof of proofsOf(step, verification)) {
      proofs.push(proof);
      verification.onProof(proof);
    }
  }
  return proofs;
}

async function* proofsOf(step: Step, verification: Verification): AsyncGenerator<Proof> {
  const { catalogue, baseline, signal } = verification;
  if (signal.aborted) return;
  yield await proofOfForm(step, baseline);

  const claims = await claimsOf(step, catalogue, baseline).catch((error: unknown) => problemOf(error));
  if ('code' in claims) {
    yield { slug: step.slug, kind: 'form', name: 'patches', ...broken(claims), durationMs: 0 };
    return;
  }
  for (const claim of claims) {
    if (signal.aborted) return;
    yield await proofOf(step, claim, verification);
  }
}

async function proofOfForm(step: Step, baseline: FileTree): Promise<Proof> {
  const started = performance.now();
  const faults = await formFaults(step, baseline);
  const outcome = faults.length === 0 ? 'proven' : 'refuted';
  const durationMs = performance.now() - started;
  return { slug: step.slug, kind: 'form', name: 'the folder', outcome, faults, durationMs };
}

async function proofOf(step: Step, claim: Claim, { root, judge, signal }: Verification): Promise<Proof> {
  const started = performance.now();
  const seed = randomInt(2 ** 31);
  const { kind, name, judgedBy, expectation } = claim;
  const result = await judged().catch((error: unknown) => broken(problemOf(error)));
  const durationMs = performance.now() - started;
  return { slug: step.slug, kind, name, ...result, durationMs };

  async function judged(): Promise<Pick<Proof, 'outcome' | 'faults'>> {
    const run = randomBytes(6).toString('hex');
    const { verdict } = await withTree(root, claim.tree(), (app) =>
      judge.run({ run, step: judgedBy, app, seed, signal }),
    );
    const { outcome, faults } = judgement(expectation, verdict);
    return { outcome, faults: outcome === 'proven' ? [] : [...faults, `(random values: --seed ${seed})`] };
  }
}

/** A patch that does not apply is the step's fault; anything else is ours. */
function broken({ code, message }: { code: string; message: string }): Pick<Proof, 'outcome' | 'faults'> {
  return { outcome: STEPS_FAULTS.includes(code) ? 'refuted' : 'undecided', faults: [message] };
}

const STEPS_FAULTS = ['PATCH_BROKEN', 'PATCH_BINARY', 'SOLUTION_MISSING'];
