import type { Run } from '../../harness/run.ts';
import type { FunctionOutline } from '../../harness/source/functions.ts';
import type { Limits } from '../../harness/source/limits.ts';
import type { Binding } from '../../harness/source/names.ts';
import { outlineEvidence } from '../../harness/source/outline-evidence.ts';
import type { ParsedSource } from '../../harness/source/parse.ts';
import type { NameFault } from './name-faults.ts';
import type { NamedPart } from './parts.ts';
import type { HandWrittenSort } from '../../harness/source/sorts.ts';

type Report = Parameters<Run['report']>[0];

export function badName(source: ParsedSource, binding: Binding, fault: NameFault): Report {
  return {
    ruleId: `names/${fault}`,
    message: NAMES[fault](binding.name),
    tried: `Read the names in ${source.file}`,
    expected: 'A name that says what it holds. One that is gone after three lines may be short.',
    observed: `The ${KINDS[binding.kind]} ${binding.name}${REMEMBERED.has(binding.kind) ? `, to be remembered for ${binding.lives} lines` : ''}.`,
    why: WHY_NAMES,
    location: { file: source.file, line: binding.line, column: binding.column },
  };
}

export function tooLong(outline: FunctionOutline, limit: number): Report {
  return {
    ruleId: 'parts/too-long',
    message: `${outline.name} is ${outline.lines} lines long.`,
    tried: `Count the lines of code of ${outline.name}`,
    expected: `At most ${limit}, functions inside not counted.`,
    observed: `${outline.lines} lines.`,
    why: 'What does not fit on a screen must be read in pieces, and the pieces have no names.',
    location: { file: outline.file, line: outline.line },
    evidence: [outlineEvidence([outline])],
  };
}

export function tooComplex(outline: FunctionOutline, limits: Limits): Report {
  return {
    ruleId: 'parts/too-complex',
    message: `${outline.name} decides too much at once.`,
    tried: `Measure ${outline.name}`,
    expected: `Cognitive complexity of at most ${limits.complexity}, at most ${limits.depth} levels deep.`,
    observed: `Complexity ${outline.complexity}, ${outline.depth} levels deep.`,
    why: 'Every loop and condition that is open at once is one more thing to hold in mind.',
    location: { file: outline.file, line: outline.line },
    evidence: [outlineEvidence([outline])],
  };
}

export function fewParts(parts: readonly NamedPart[], wanted: number): Report {
  const names = parts.map((part) =>
    part.inDomain ? part.name : `${part.name} (says nothing about patients, ages or risk)`,
  );
  return {
    ruleId: 'parts/not-named',
    message: 'The report is not cut into parts that are named for what they work out.',
    tried: 'Look for named functions, and named queries, beside the one that answers the request',
    expected: `At least ${wanted} whose names speak of patients, ages, diagnoses, risk or scores.`,
    observed: names.length === 0 ? 'None.' : names.join(', '),
    why: 'A section under a comment cannot be called, tested or found. A function with that name can.',
    location: { file: 'app/src/views/reports.ts' },
  };
}

export function movedElsewhere(outline: FunctionOutline, limits: Limits): Report {
  return {
    ruleId: 'parts/moved',
    message: `${outline.name} in ${outline.file} became as hard to read as the report was.`,
    tried: `Measure ${outline.name} in ${outline.file}`,
    expected: `Complexity of at most ${limits.complexity}, at most ${limits.depth} levels deep, or what it had when you began.`,
    observed: `Complexity ${outline.complexity}, ${outline.depth} levels deep.`,
    why: 'An unreadable algorithm in another file is still one.',
    location: { file: outline.file, line: outline.line },
    evidence: [outlineEvidence([outline])],
  };
}

export function handSort(source: ParsedSource, sort: HandWrittenSort): Report {
  return {
    ruleId: 'sorting/by-hand',
    message: 'A list is sorted by hand.',
    tried: `Look for lists that are put in order in ${source.file}`,
    expected: 'sort or toSorted with a comparison; both keep the order of equals.',
    observed: `Line ${sort.line}: ${sort.sign}.`,
    why: 'A reader must run a sort in the head to see that it is one, and its mistakes are at the borders.',
    location: { file: source.file, line: sort.line },
  };
}

export function codeInText(source: ParsedSource, { line, what }: { line: number; what: string }): Report {
  return {
    ruleId: 'parts/code-in-text',
    message: `${source.file} runs a text as code (${what}).`,
    tried: `Look for texts that are run as code in ${source.file}`,
    expected: 'Code that stands in the file as code.',
    observed: `${what} at line ${line}`,
    why: 'No reader, editor or measure can look into a text.',
    location: { file: source.file, line },
  };
}

const NAMES: Readonly<Record<NameFault, (name: string) => string>> = {
  'one-letter': (name) => `The name ${name} is a letter.`,
  numbered: (name) => `The name ${name} tells two things apart by a number.`,
  generic: (name) => `The name ${name} would fit anything.`,
  letters: (name) => `The name ${name} holds letters that are no word.`,
};

const KINDS: Readonly<Record<Binding['kind'], string>> = {
  variable: 'variable',
  parameter: 'parameter',
  loop: 'loop variable',
  catch: 'caught error',
  function: 'function',
  class: 'class',
  type: 'type',
  import: 'import',
  member: 'property',
  key: 'key',
};

const REMEMBERED = new Set(['variable', 'parameter', 'loop', 'catch']);

const WHY_NAMES =
  'Whoever reads a line of this must look up what each name stands for, and keep all of them in mind to the last line.';
