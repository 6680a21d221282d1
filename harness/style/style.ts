import type { ParsedSource } from '../source/parse.ts';
import { inconsistencies } from './choices.ts';
import type { StyleFault } from './fault.ts';
import { indentationFaults } from './indentation.ts';
import { namingFaults } from './naming.ts';
import { nodeChoices } from './node-choices.ts';
import { spacingFaults } from './spacing.ts';
import { tokenChoices } from './token-choices.ts';
import { tokensOf } from './tokens.ts';

/**
 * What in a file is not written as TypeScript is written or not as the rest of the file is, in the order of the text.
 * Holds for the output of any formatter: spaces that all of them set are demanded, what they differ in must be the same
 * throughout the file. Comments change nothing, so none switches a rule off.
 */
export function styleFaults(source: ParsedSource): StyleFault[] {
  const tokens = tokensOf(source);
  return [
    ...namingFaults(source),
    ...spacingFaults(source, tokens),
    ...inconsistencies(source, [...tokenChoices(source, tokens), ...nodeChoices(source)]),
    ...indentationFaults(source),
  ].sort((a, b) => a.start - b.start);
}
