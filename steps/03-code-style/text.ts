import type { Run } from '../../harness/run.ts';
import type { StyleRule } from '../../harness/style/fault.ts';
import { codeInText, grewElsewhere, stripOf, untidy } from './findings.ts';
import { readStyle, type StyledSource } from './reading.ts';

/** Shows every mark of the step's files for the X-ray, also when there is none. */
export async function checkNames(run: Run): Promise<void> {
  const { own, faults } = await run.once(readStyle);
  faults.forEach(run.report);
  for (const styled of own) run.show(stripOf(styled));
  reportEach(run, own, ['naming']);
}

export async function checkSpacing(run: Run): Promise<void> {
  const { own } = await run.once(readStyle);
  reportEach(run, own, [
    'operator-spacing',
    'comma-spacing',
    'colon-spacing',
    'keyword-spacing',
    'block-spacing',
  ]);
}

export async function checkConsistency(run: Run): Promise<void> {
  const { own } = await run.once(readStyle);
  reportEach(run, own, [
    'quotes',
    'semicolons',
    'bracket-spacing',
    'function-spacing',
    'arrow-parentheses',
    'brace-place',
  ]);
}

export async function checkIndentation(run: Run): Promise<void> {
  const { own } = await run.once(readStyle);
  reportEach(run, own, ['indentation', 'statements-per-line']);
}

/** Faults that move to another file are still there; a slip or two in another step's file is left to that file. */
export async function checkElsewhere(run: Run): Promise<void> {
  const { own, others } = await run.once(readStyle);
  for (const styled of others) {
    const more = styled.faults.length - styled.allowed;
    if (more > SLIPS) run.report(grewElsewhere(styled, more));
  }
  for (const styled of own) for (const text of styled.textsAsCode) run.report(codeInText(styled, text));
}

function reportEach(run: Run, own: readonly StyledSource[], rules: readonly StyleRule[]): void {
  for (const styled of own) {
    for (const rule of rules) {
      const [first, ...rest] = styled.faults.filter((fault) => fault.rule === rule);
      if (first !== undefined) run.report(untidy(styled, [first, ...rest]));
    }
  }
}

const SLIPS = 3;
