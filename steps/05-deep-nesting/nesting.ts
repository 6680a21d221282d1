import { join } from 'node:path';
import type { Run } from '../../harness/run.ts';
import { parseFiles } from '../../harness/source/files.ts';
import { type FunctionOutline, functionsOf } from '../../harness/source/functions.ts';
import { createExcess, type Limits } from '../../harness/source/limits.ts';
import { outlineEvidence } from '../../harness/source/outline-evidence.ts';
import type { ParsedSource } from '../../harness/source/parse.ts';
import { readShipped } from '../../harness/source/shipped.ts';
import { territoryOf } from '../../harness/source/territory.ts';
import { textsRunAsCode } from '../../harness/source/text-as-code.ts';
import { codeInText, elsewhere, pyramid, statementChain, tooComplex, tooDeep } from './nesting-findings.ts';

/**
 * Measures every function of the clinic. What belongs to creating a patient is held to `STRICT`. Everywhere else a
 * function may have `LOOSE` or what it had when the clinic was shipped: a nest that moves takes its finding along.
 */
export function checkNesting(run: Run): void {
  const { parsed, faults } = parseFiles(run.sources);
  faults.forEach(run.report);
  // Written by `npx vitest run tests/steps/deep-nesting -u` from `app/` as shipped.
  const shipped = readShipped(join(import.meta.dirname, 'shipped.json'));
  const { own, others } = territoryOf(parsed, VIEW, shipped.files);
  const excess = createExcess(shipped.allowances);

  const outlines = own.flatMap((source) => functionsOf(source).map((outline) => ({ source, outline })));
  for (const { source, outline } of outlines.toSorted((a, b) => b.outline.complexity - a.outline.complexity))
    judge(run, source, outline, excess(outline, STRICT));
  for (const source of others) {
    for (const outline of functionsOf(source))
      if (excess(outline, LOOSE).length > 0) run.report(elsewhere(source, outline, LOOSE));
  }
  for (const source of parsed)
    for (const text of textsRunAsCode(source)) run.report(codeInText(source, text));
  if (outlines.length > 0)
    run.show(
      outlineEvidence(
        outlines.map(({ outline }) => outline),
        STRICT,
      ),
    );
}

function judge(
  run: Run,
  source: ParsedSource,
  outline: FunctionOutline,
  over: readonly (keyof Limits)[],
): void {
  if (over.includes('functions')) run.report(pyramid(outline, STRICT));
  if (over.includes('depth') || over.includes('conditions')) run.report(tooDeep(source, outline, STRICT));
  else if (over.includes('complexity')) run.report(tooComplex(outline, STRICT));
  for (const chain of outline.chains) run.report(statementChain(source, outline, chain));
}

/**
 * Depth 3 leaves room for a factory, a loop and an `if`. Eight refusals as guards in one function have complexity 8 to
 * 10; the function as shipped has 29, at six levels.
 */
const STRICT: Limits = { depth: 3, conditions: 2, complexity: 12, functions: 3 };
/** Fifteen is what the author of the measure proposes for a function; nothing else in the clinic comes near it. */
export const LOOSE: Limits = { depth: 4, conditions: 3, complexity: 15, functions: 4 };
const VIEW = 'app/src/views/create-patient.ts';
