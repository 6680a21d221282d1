import type { Run } from '../../harness/run.ts';
import type { FunctionOutline } from '../../harness/source/functions.ts';
import type { Limits } from '../../harness/source/limits.ts';
import { outlineEvidence } from '../../harness/source/outline-evidence.ts';
import type { ParsedSource } from '../../harness/source/parse.ts';
import { wayDown } from '../../harness/source/way-down.ts';

type Report = Parameters<Run['report']>[0];

export function tooDeep(source: ParsedSource, outline: FunctionOutline, limits: Limits): Report {
  const { line, around } = wayDown(source, outline);
  const place =
    around.length === 0 ? `Line ${line} is the deepest.` : `Line ${line} stands inside ${around.join(' › ')}`;
  return {
    ruleId: 'nesting/too-deep',
    message:
      outline.depth > limits.depth
        ? `${outline.name} goes ${levels(outline.depth)} deep.`
        : `${outline.name} has ${number(outline.conditions)} conditions inside each other.`,
    tried: measured(outline),
    expected: `At most ${levels(limits.depth)}, of which at most ${number(limits.conditions)} are conditions.`,
    observed: `${capital(levels(outline.depth))}, ${outline.conditions === 0 ? 'none' : number(outline.conditions)} of them conditions. ${place}`,
    why: WHY_DEPTH,
    location: { file: outline.file, line },
    evidence: [outlineEvidence([outline])],
  };
}

export function tooComplex(outline: FunctionOutline, limits: Limits): Report {
  return {
    ruleId: 'nesting/too-complex',
    message: `${outline.name} decides too much in one place: its cognitive complexity is ${outline.complexity}.`,
    tried: measured(outline),
    expected: `At most ${limits.complexity}. Each decision counts one, and one more for every level it stands in.`,
    observed: `${outline.complexity}, at ${levels(outline.depth)}.`,
    why: 'The levels are fewer, but a reader still has to hold all of these decisions at once.',
    location: { file: outline.file, line: outline.line },
    evidence: [outlineEvidence([outline])],
  };
}

export function pyramid(outline: FunctionOutline, limits: Limits): Report {
  return {
    ruleId: 'nesting/callback-pyramid',
    message: `${outline.name} has functions inside functions, ${outline.functions} of them.`,
    tried: measured(outline),
    expected: `At most ${limits.functions} functions inside each other.`,
    observed: `${outline.functions} inside each other.`,
    why: 'A level that is opened by a callback is a level all the same: what happens on a refusal still stands far from the question.',
    location: { file: outline.file, line: outline.line },
    evidence: [outlineEvidence([outline])],
  };
}

export function statementChain(
  source: ParsedSource,
  outline: FunctionOutline,
  chain: { readonly start: number; readonly end: number },
): Report {
  return {
    ruleId: 'nesting/statement-chain',
    message: `${outline.name} hides decisions in a chain of && and ||.`,
    tried: measured(outline),
    expected: 'A decision that does something is an if; && and || compute a value.',
    observed: source.code.slice(chain.start, chain.end).replace(/\s+/g, ' ').slice(0, 160),
    why: 'The levels are still there, without their braces: whoever adds a check must find the right place in one long expression.',
    location: { file: outline.file, line: source.lineOf(chain.start) },
    evidence: [outlineEvidence([outline])],
  };
}

export function elsewhere(source: ParsedSource, outline: FunctionOutline, limits: Limits): Report {
  return {
    ruleId: 'nesting/grew-elsewhere',
    message: `${outline.name} in ${outline.file} goes ${levels(outline.depth)} deep, with a complexity of ${outline.complexity}.`,
    tried: measured(outline),
    expected: `No function of the clinic gets deeper than ${levels(limits.depth)} or more complex than ${limits.complexity} than it was when you began.`,
    observed: `Line ${wayDown(source, outline).line} is its deepest.`,
    why: 'A nest that moves to another file is still a nest.',
    location: { file: outline.file, line: outline.line },
    evidence: [outlineEvidence([outline])],
  };
}

export function codeInText(source: ParsedSource, { line, what }: { line: number; what: string }): Report {
  return {
    ruleId: 'nesting/code-in-text',
    message: `${source.file} runs a text as code (${what}).`,
    tried: `Look for texts that are run as code in ${source.file}`,
    expected: 'Code that stands in the file as code.',
    observed: `${what} at line ${line}`,
    why: 'No reader, editor or measure can look into a text; and a text that is run is a way in for an attacker.',
    location: { file: source.file, line },
  };
}

const measured = (outline: FunctionOutline) => `Measure ${outline.name} in ${outline.file}`;
const number = (count: number) => NUMBERS[count] ?? String(count);
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const levels = (count: number) => `${number(count)} ${count === 1 ? 'level' : 'levels'}`;

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const WHY_DEPTH =
  'A reader must hold every open condition in mind, and the answer to the first one stands a screen away from its question. That is where a branch gets lost when somebody adds a check.';
