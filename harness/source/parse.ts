import { type Comment, parseSync, type Program } from 'oxc-parser';
import type { Finding } from '../../model/finding.ts';
import { createPositions, type Positions } from './positions.ts';

/** One of the learner's code files, read as a syntax tree. Offsets are those of JavaScript strings. */
export interface ParsedSource extends Positions {
  /** `app/src/views/notes.ts` */
  readonly file: string;
  readonly text: string;
  /** Without nodes for parentheses. Empty when the file has a syntax error. */
  readonly program: Program;
  /** In their order in the file. */
  readonly comments: readonly Comment[];
  /** The first syntax error as a finding; `null` for a file that parses. */
  readonly fault: Finding | null;
  /** The text with every character of a comment made a space; offsets and lines stay. */
  readonly code: string;
  /** Lines of code, neither blank nor only a comment, that the text between two offsets touches. */
  codeLines(start: number, end: number): number;
}

/** Reads TypeScript or JavaScript. Never throws: a syntax error is the learner's and is handed back in `fault`. */
export function parseSource(file: string, text: string): ParsedSource {
  const { program, comments, errors } = parseSync(file, text, { preserveParens: false });
  const positions = createPositions(text);
  const [error] = errors.filter((e) => String(e.severity) === 'Error');
  let code: string | null = null;
  let sums: readonly number[] | null = null;
  const source: ParsedSource = {
    ...positions,
    file,
    text,
    program,
    comments,
    fault: error === undefined ? null : syntaxError(file, error, positions),
    get code() {
      return (code ??= withoutComments(text, comments));
    },
    codeLines(start, end) {
      sums ??= runningCount(source.code.split('\n').map((line) => line.trim() !== ''));
      const last = positions.lineOf(Math.max(start, end - 1));
      return (sums[last] ?? 0) - (sums[positions.lineOf(start) - 1] ?? 0);
    },
  };
  return source;
}

/** How many of the first n are true, for each n from 0. */
function runningCount(values: readonly boolean[]): number[] {
  const sums = [0];
  for (const value of values) sums.push((sums.at(-1) ?? 0) + (value ? 1 : 0));
  return sums;
}

function withoutComments(text: string, comments: readonly Comment[]): string {
  let out = '';
  let from = 0;
  for (const { start, end } of comments) {
    out += text.slice(from, start) + text.slice(start, end).replace(/[^\n\r]/g, ' ');
    from = end;
  }
  return out + text.slice(from);
}

function syntaxError(
  file: string,
  error: { message: string; labels: readonly { start: number; message: string | null }[] },
  positions: Positions,
): Finding {
  const [label] = error.labels;
  const at = positions.at(label?.start ?? 0);
  return {
    ruleId: 'source/syntax-error',
    level: 'error',
    message: `${file} cannot be read as TypeScript: ${error.message}.`,
    tried: `Parse ${file}`,
    expected: 'A file without syntax errors.',
    observed: `Line ${at.line}, column ${at.column}: ${error.message}${label?.message ? ` (${label.message})` : ''}`,
    location: { file, line: at.line, column: at.column },
  };
}
