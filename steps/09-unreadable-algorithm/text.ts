import { join } from 'node:path';
import type { Run } from '../../harness/run.ts';
import { parseFiles } from '../../harness/source/files.ts';
import { functionsOf, partsOf } from '../../harness/source/functions.ts';
import { createExcess, type Limits } from '../../harness/source/limits.ts';
import { bindingsOf } from '../../harness/source/names.ts';
import { outlineEvidence } from '../../harness/source/outline-evidence.ts';
import { readShipped } from '../../harness/source/shipped.ts';
import { handWrittenSorts } from '../../harness/source/sorts.ts';
import { territoryOf } from '../../harness/source/territory.ts';
import { textsRunAsCode } from '../../harness/source/text-as-code.ts';
import { faultOf } from './name-faults.ts';
import { namedParts } from './parts.ts';
import {
  badName,
  codeInText,
  fewParts,
  handSort,
  movedElsewhere,
  tooComplex,
  tooLong,
} from './text-findings.ts';

/** No name in the report's files that says nothing. */
export async function checkNames(run: Run): Promise<void> {
  const { own, faults } = await run.once(readTerritory);
  faults.forEach(run.report);
  for (const source of own) {
    for (const binding of bindingsOf(source)) {
      const fault = faultOf(binding);
      if (fault !== null) run.report(badName(source, binding, fault));
    }
  }
}

/** The algorithm is cut into parts that are named for what they are, and each is short and plain. */
export async function checkParts(run: Run): Promise<void> {
  const { own, others } = await run.once(readTerritory);
  const outlines = own.flatMap(functionsOf);
  const excess = createExcess({});
  for (const outline of outlines) {
    if (outline.lines > LINES) run.report(tooLong(outline, LINES));
    if (excess(outline, OWN).length > 0) run.report(tooComplex(outline, OWN));
  }
  const parts = own.flatMap(namedParts);
  if (parts.filter((part) => part.inDomain).length < PARTS) run.report(fewParts(parts, PARTS));

  const known = createExcess(shipped().allowances);
  for (const source of others) {
    for (const outline of functionsOf(source))
      if (known(outline, ELSEWHERE).length > 0) run.report(movedElsewhere(outline, ELSEWHERE));
  }
  for (const source of [...own, ...others])
    for (const text of textsRunAsCode(source)) run.report(codeInText(source, text));
  const drawn = own.flatMap(partsOf);
  if (drawn.length > 0) run.show(outlineEvidence(drawn, OWN));
}

/** Nobody sorts by hand, in any file. */
export async function checkSorting(run: Run): Promise<void> {
  const { own, others } = await run.once(readTerritory);
  for (const source of [...own, ...others])
    for (const sort of handWrittenSorts(source)) run.report(handSort(source, sort));
}

/** Written by `npx vitest run tests/steps/unreadable-algorithm -u` from `app/` as shipped. */
const shipped = () => readShipped(join(import.meta.dirname, 'shipped.json'));

/** Every file is parsed once a run. */
async function readTerritory(run: Run) {
  const { parsed, faults } = parseFiles(run.sources);
  return { ...territoryOf(parsed, VIEW, shipped().files), faults };
}

const VIEW = 'app/src/views/reports.ts';
/** A function that fits on a screen. The one that was shipped has 116. */
const LINES = 40;
/** Scoring a patient by age and diagnoses has 8; the function as shipped has 64. */
const OWN: Limits = { depth: 3, conditions: 3, complexity: 12, functions: 3 };
export const ELSEWHERE: Limits = { depth: 4, conditions: 3, complexity: 15, functions: 4 };
/** Ages, diagnoses, risk: what has no part of its own may be one line. The route's own function does not count. */
const PARTS = 2;
