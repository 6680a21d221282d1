import type { Evidence, Reported } from '../../harness/run.ts';
import { extentsOf } from '../../harness/source/extents.ts';
import type { StyleFault, StyleRule } from '../../harness/style/fault.ts';
import type { StyledSource } from './reading.ts';

/** All places of one rule in one file. */
export function untidy(styled: StyledSource, faults: readonly [StyleFault, ...StyleFault[]]): Reported {
  const { source } = styled;
  const [first] = faults;
  const { what, expected, why, linter } = TEXTS[first.rule];
  return {
    ruleId: `style/${first.rule}`,
    message: `${source.file}: ${faults.length} ${faults.length === 1 ? 'place' : 'places'} ${what}.`,
    tried: `Read ${source.file} as a syntax tree and look at what stands between the nodes.`,
    expected: `${expected} ESLint says the same with ${linter}.`,
    observed: `${shownPlaces(styled, faults)}.`,
    why,
    location: { file: source.file, ...source.at(first.start) },
    evidence: [marksOf(styled, faults)],
  };
}

export function grewElsewhere(styled: StyledSource, more: number): Reported {
  const { source, faults } = styled;
  return {
    ruleId: 'style/grew-elsewhere',
    message: `${source.file} has ${more} more untidy places than when you began.`,
    tried: `Read the style of ${source.file}, as of every other file of the clinic.`,
    expected: 'Other files are no worse than they were shipped.',
    observed: `${shownPlaces(styled, faults)}.`,
    why: 'Code that moves to another file takes its style along; the next reader meets it there.',
    location: { file: source.file, line: source.lineOf(faults[0]?.start ?? 0) },
    evidence: [marksOf(styled, faults)],
  };
}

export function codeInText(
  { source }: StyledSource,
  { line, what }: StyledSource['textsAsCode'][number],
): Reported {
  return {
    ruleId: 'style/code-in-text',
    message: `${source.file} runs a text as code (${what}).`,
    tried: `Look for texts that are run as code in ${source.file}.`,
    expected: 'Code that stands in the file as code.',
    observed: `${what} at line ${line}`,
    why: 'No reader, editor or formatter can look into a text; and a text that is run is a way in for an attacker.',
    location: { file: source.file, line },
  };
}

/** The whole file with every fault, for the X-ray. */
export function stripOf(styled: StyledSource): Evidence {
  return { ...marksOf(styled, styled.faults), extents: extentsOf(styled.source.text) };
}

function marksOf(
  { source }: StyledSource,
  faults: readonly StyleFault[],
): Extract<Evidence, { kind: 'source-marks' }> {
  return {
    kind: 'source-marks',
    file: source.file,
    lines: source.lines,
    marks: faults.map(({ rule, label, start, end }) => {
      const [from, to] = [source.at(start), source.at(end)];
      return { ...from, endLine: to.line, endColumn: to.column, kind: rule, label };
    }),
  };
}

function shownPlaces({ source }: StyledSource, faults: readonly StyleFault[]): string {
  const places = faults
    .slice(0, MOST_SHOWN)
    .map(({ start, label }) => `line ${source.lineOf(start)}: ${label}`);
  const left = faults.length - places.length;
  return places.join('; ') + (left > 0 ? `; and ${left} more` : '');
}

const MOST_SHOWN = 5;

interface RuleText {
  /** Completes "notes.ts: 3 places …". */
  readonly what: string;
  readonly expected: string;
  readonly why: string;
  readonly linter: string;
}

const SAME = 'A file that decides once can be read without noticing it.';
const TEXTS: Readonly<Record<StyleRule, RuleText>> = {
  naming: {
    what: 'with a name that is not written as TypeScript writes names',
    expected:
      'camelCase for values and functions, PascalCase for types and classes; UPPER_CASE for constants, if you like.',
    why: 'The way a name is written says what it is: whoever sees Patient_Detail expects a type, and searches for patientDetail in vain.',
    linter: '@typescript-eslint/naming-convention',
  },
  'operator-spacing': {
    what: 'where an operator has no space around it',
    expected: 'A space before and after each operator.',
    why: 'Without them the eye has to find out where one word ends and the next begins.',
    linter: '@stylistic/space-infix-ops and @stylistic/arrow-spacing',
  },
  'comma-spacing': {
    what: 'where a comma is not followed by a space',
    expected: 'No space before a comma and one after it.',
    why: 'A list of arguments without spaces reads as one word.',
    linter: '@stylistic/comma-spacing',
  },
  'colon-spacing': {
    what: 'with a colon that is spaced in another way',
    expected: 'A space after each colon; before it the same throughout the file.',
    why: 'The type of a parameter is what one looks for first, and it should not stick to the name.',
    linter: '@stylistic/type-annotation-spacing and @stylistic/key-spacing',
  },
  'keyword-spacing': {
    what: 'where a keyword sticks to what stands beside it',
    expected: 'A space between a keyword and what stands beside it: if (…), else {…}.',
    why: 'if(…) looks like the call of a function.',
    linter: '@stylistic/keyword-spacing',
  },
  'block-spacing': {
    what: 'where a block sticks to what stands before it',
    expected: 'A space before the { of a block.',
    why: 'The brace is where a condition ends and what it guards begins.',
    linter: '@stylistic/space-before-blocks',
  },
  'bracket-spacing': {
    what: 'with brackets that are spaced unlike the others',
    expected: 'One way in the whole file: { a } or {a}, (a) or ( a ).',
    why: SAME,
    linter:
      '@stylistic/object-curly-spacing, @stylistic/space-in-parens and @stylistic/array-bracket-spacing',
  },
  quotes: {
    what: 'with the other kind of quotes',
    expected: 'One kind of quotes in the whole file; a text that holds a quote may take the other.',
    why: SAME,
    linter: '@stylistic/quotes',
  },
  semicolons: {
    what: 'where a statement ends unlike the others',
    expected: 'Semicolons after all statements or after none.',
    why: 'With both, each line without one makes a reader ask whether it was left out on purpose.',
    linter: '@stylistic/semi',
  },
  'arrow-parentheses': {
    what: 'with a parameter that is written unlike the others',
    expected: 'x => … or (x) => …, the same in the whole file.',
    why: SAME,
    linter: '@stylistic/arrow-parens',
  },
  'function-spacing': {
    what: 'with a parenthesis that is spaced unlike the others',
    expected: 'name(…) or name (…), the same in the whole file.',
    why: SAME,
    linter: '@stylistic/space-before-function-paren and @stylistic/function-call-spacing',
  },
  'brace-place': {
    what: 'where a brace stands unlike the others',
    expected: 'The opening brace at the end of the line or on a line of its own, the same in the whole file.',
    why: SAME,
    linter: '@stylistic/brace-style',
  },
  indentation: {
    what: 'with uneven indentation',
    expected: 'Neighbours begin in one column, and each block is indented by the same unit.',
    why: 'Indentation is how a reader sees what belongs to an if. When it lies, a line is added in the wrong block.',
    linter: '@stylistic/indent',
  },
  'statements-per-line': {
    what: 'where a second statement stands on the line',
    expected: 'A line for each statement.',
    why: 'A second statement on a line is read past, and a debugger cannot stop at it.',
    linter: '@stylistic/max-statements-per-line',
  },
};
