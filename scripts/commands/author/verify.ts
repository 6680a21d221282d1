import { randomInt } from 'node:crypto';
import { createJudge } from '../../../runner/judge.ts';
import { verifyOrders } from '../../../runner/verify-orders.ts';
import { type Verification, verifySteps } from '../../../runner/verify.ts';
import { openWorkspace } from '../../../store/workspace/workspace.ts';
import { findStep, loadCatalogue } from '../../../store/catalogue.ts';
import { parseCommandLine } from '../../command-line.ts';
import { NO_DATABASE, openDatabase } from '../../database-access.ts';
import { listenForInterrupt } from '../../interrupt.ts';
import { judgedOnes } from '../../judged-ones.ts';
import { createReleasers } from '../../releasers.ts';
import { proofsInJson, renderOrders, renderProof, renderProofs } from '../../terminal/render-proof.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { workshopRoot } from '../../workshop-root.ts';

/** Proves steps in clean copies. 0 all proven, 1 something is refuted, 2 something could not be decided. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { options, words, help } = parseCommandLine(args, GRAMMAR);
  if (help) return (terminal.out(USAGE), 0);
  const { out, paint, columns } = terminal;
  const say = (line: string) => {
    if (terminal.watched) terminal.note(terminal.notePaint.dim(line));
  };
  const releasers = createReleasers();
  try {
    const { signal } = listenForInterrupt(releasers);
    const root = workshopRoot();
    const catalogue = await loadCatalogue(root);
    const wanted = words.length === 0 ? ['all'] : words;
    const chosen = wanted.flatMap((word) => (word === 'all' ? catalogue : [findStep(catalogue, word)]));
    const steps = judgedOnes([...new Set(chosen)], wanted, say);
    const baseline = await (await openWorkspace({ root })).baseline();

    const lastNumber = Math.max(...steps.map((step) => step.number));
    const needsDatabase = catalogue.some((step) => step.number <= lastNumber && step.needs !== 'nothing');
    const database = needsDatabase
      ? (
          await openDatabase(
            { root, environment: terminal.environment, wished: options.database, say },
            releasers,
          )
        ).forJudge
      : NO_DATABASE;
    const judge = createJudge({ root, database });
    releasers.add(() => judge.close());

    const verification: Verification = {
      root,
      steps,
      catalogue,
      baseline,
      judge,
      signal,
      onProof: (proof) => (options.json ? undefined : out(renderProof(proof, columns, paint))),
    };
    const seed = options.seed ?? randomInt(2 ** 31);
    const proofs =
      options.orders === undefined
        ? await verifySteps(verification)
        : await verifyOrders(verification, { count: options.orders, seed });
    if (options.json) out(proofsInJson(steps, proofs));
    else if (options.orders === undefined) out(`\n${renderProofs(steps, proofs, paint)}`);
    else out(`\n${renderOrders(proofs, seed, paint)}`);
    if (signal.aborted) return 130;
    if (proofs.some(({ outcome }) => outcome === 'undecided')) return 2;
    return proofs.some(({ outcome }) => outcome === 'refuted') ? 1 : 0;
  } finally {
    await releasers.closeAll();
  }
}

const USAGE = `Type it like this: npm run author verify [step …|all] [-- options]
  without a step, every step that is judged
  --orders N   instead, merges the solutions in N random orders and judges each step on the way and at the end
  --seed N     the orders of an earlier run
  --database KIND  native, embedded or server (DATABASE_URL); without it the best that runs here
  --json       the proofs as JSON on stdout, and nothing else there`;
const GRAMMAR = {
  usage: USAGE,
  options: { json: 'flag', orders: 'number', seed: 'number', database: 'text' },
  words: { least: 0, most: Infinity },
} as const;
