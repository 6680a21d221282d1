import type { ParsedSource } from '../source/parse.ts';

/** What a reader stumbles over. Each is one rule of the linter too; the step says which. */
export type StyleRule =
  | 'naming'
  | 'operator-spacing'
  | 'comma-spacing'
  | 'colon-spacing'
  | 'keyword-spacing'
  | 'block-spacing'
  | 'bracket-spacing'
  | 'quotes'
  | 'semicolons'
  | 'arrow-parentheses'
  | 'function-spacing'
  | 'brace-place'
  | 'indentation'
  | 'statements-per-line';

/** One place in a file. `label` is what is wrong there, in a few words. */
export interface StyleFault {
  readonly rule: StyleRule;
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

/** Reads one aspect of a file's style. */
export type StyleReader = (source: ParsedSource) => readonly StyleFault[];
