import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Run } from '../../harness/run.ts';
import { parseFiles } from '../../harness/source/files.ts';
import { type FunctionOutline, functionsOf } from '../../harness/source/functions.ts';
import { reachable } from '../../harness/source/imports.ts';
import { createExcess, type Limits } from '../../harness/source/limits.ts';
import { outlineEvidence } from '../../harness/source/outline-evidence.ts';
import type { ParsedSource } from '../../harness/source/parse.ts';
import { codeInText, elsewhere, pyramid, statementChain, tooComplex, tooDeep } from './nesting-findings.ts';
import { textsRunAsCode } from './text-as-code.ts';

/**
 * Measures every function of the clinic. What belongs to creating a patient is held to `STRICT`: the view's own file, and
 * each new file that can be reached from it or from the routes. Everywhere else a function may have `LOOSE` or what
 * it had when the clinic was shipped, so that moving the nest to another file moves the finding with it.
 */
export function checkNesting(run: Run): void {
  const { parsed, faults } = parseFiles(run.sources);
  faults.forEach(run.report);
  const shipped = readShipped();
  const strict = reachable(parsed, [VIEW, ROUTES], (file) => file === VIEW || !shipped.files.includes(file));
  const excess = createExcess(shipped.allowances);

  const shown: FunctionOutline[] = [];
  for (const source of parsed) {
    const isOurs = source.file === VIEW || (strict.has(source.file) && !shipped.files.includes(source.file));
    const outlines = functionsOf(source);
    if (isOurs) shown.push(...outlines);
    for (const outline of outlines.toSorted((a, b) => b.complexity - a.complexity))
      judge(run, source, outline, excess(outline, isOurs ? STRICT : LOOSE), isOurs);
    for (const text of textsRunAsCode(source)) run.report(codeInText(source, text));
  }
  if (shown.length > 0) run.show(outlineEvidence(shown));
}

function judge(
  run: Run,
  source: ParsedSource,
  outline: FunctionOutline,
  over: readonly (keyof Limits)[],
  isOurs: boolean,
): void {
  if (!isOurs) {
    if (over.length > 0) run.report(elsewhere(source, outline, LOOSE));
    return;
  }
  if (over.includes('functions')) run.report(pyramid(outline, STRICT));
  if (over.includes('depth') || over.includes('conditions')) run.report(tooDeep(source, outline, STRICT));
  else if (over.includes('complexity')) run.report(tooComplex(outline, STRICT));
  for (const chain of outline.chains) run.report(statementChain(source, outline, chain));
}

function readShipped() {
  const text = readFileSync(join(import.meta.dirname, 'shipped.json'), 'utf8');
  return shippedSchema.parse(JSON.parse(text));
}

const limitsSchema = z.strictObject({
  depth: z.number(),
  conditions: z.number(),
  complexity: z.number(),
  functions: z.number(),
});

/** Written by `npx vitest run tests/steps/deep-nesting-shipped.test.ts -u` from `app/` as shipped. */
const shippedSchema = z.strictObject({
  files: z.array(z.string()),
  allowances: z.record(z.string(), z.record(z.string(), limitsSchema)),
});

/**
 * Depth 3 leaves room for a factory, a loop and an `if`. Eight refusals as guards in one function have complexity 8 to
 * 10; the function as shipped has 29, at six levels.
 */
const STRICT: Limits = { depth: 3, conditions: 2, complexity: 12, functions: 3 };
/** Fifteen is what the author of the measure proposes for a function; nothing else in the clinic comes near it. */
export const LOOSE: Limits = { depth: 4, conditions: 3, complexity: 15, functions: 4 };
const VIEW = 'app/src/views/create-patient.ts';
const ROUTES = 'app/src/app.ts';
