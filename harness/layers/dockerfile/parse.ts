import { DockerfileParser } from 'dockerfile-ast';
import { readJsonForm, takeFlags, type Flag } from './words.ts';

export interface Heredoc {
  readonly name: string;
  readonly body: string;
  /** `false` when its name is quoted: nothing in the body is replaced. */
  readonly expands: boolean;
}

/** One instruction, its lines joined as Docker joins them: without comments, empty lines and continuations. */
export interface Instruction {
  /** Upper case. */
  readonly keyword: string;
  readonly line: number;
  readonly flags: readonly Flag[];
  /** What follows keyword and flags on the logical line, without the bodies of heredocs. */
  readonly text: string;
  /** The JSON form; `null` when it is the shell form. What is nearly JSON is shell form, as for Docker. */
  readonly json: readonly string[] | null;
  readonly heredocs: readonly Heredoc[];
  /** Text and bodies as a shell sees them. */
  readonly script: string;
}

export interface Dockerfile {
  readonly instructions: readonly Instruction[];
  /** `syntax`, `escape`, `check`, in lower case. */
  readonly directives: Readonly<Record<string, string>>;
}

/** Instruction boundaries, heredocs and directives by dockerfile-ast; the words by us. */
export function parseDockerfile(source: string): Dockerfile {
  const text = source.replace(/^\uFEFF/, '').replace(/\r\n/g, '\n');
  const parsed = DockerfileParser.parse(maskQuotedHeredocs(text));
  const directives = Object.fromEntries(
    parsed.getDirectives().map((d) => [d.getName().toLowerCase(), d.getValue()]),
  );
  const escape = directives['escape'] === '`' ? '`' : '\\';
  const lines = text.split('\n');
  const instructions = parsed.getInstructions().map((found) => {
    const { start, end } = found.getRange();
    return readInstruction(lines.slice(start.line, end.line + 1), start.line + 1, escape);
  });
  return { instructions, directives };
}

function readInstruction(lines: readonly string[], line: number, escape: string): Instruction {
  const { logical, used } = joinLines(lines, escape);
  const [, word = '', rest = ''] = /^\s*(\S+)\s*([\s\S]*)$/.exec(logical) ?? [];
  const { flags, text } = takeFlags(rest.trim());
  const keyword = word.toUpperCase();
  const heredocs = WITH_HEREDOCS.has(keyword) ? readHeredocs(text, lines.slice(used)) : [];
  const bodies = heredocs.length > 0 ? `\n${lines.slice(used).join('\n')}\n` : '';
  return { keyword, line, flags, text, json: readJsonForm(text), heredocs, script: text + bodies };
}

/** Joins continued lines; comments and empty lines between them are not part of the instruction. */
function joinLines(lines: readonly string[], escape: string): { logical: string; used: number } {
  const continued = escape === '`' ? /(?<!`)`[ \t]*$/ : /(?<!\\)\\[ \t]*$/;
  let logical = '';
  let used = 0;
  for (const line of lines) {
    used += 1;
    const inside = used > 1;
    if (inside && (line.trim() === '' || line.trimStart().startsWith('#'))) continue;
    if (!continued.test(line)) return { logical: logical + line, used };
    logical += line.replace(continued, '');
  }
  return { logical, used };
}

function readHeredocs(text: string, lines: readonly string[]): Heredoc[] {
  const left = [...lines];
  const openings = [...text.matchAll(/(?<![<"'\w])\d*<<(-?)\s*(['"]?)([\w.\/-]+)\2/g)];
  return openings.map(([, dash, quote, name = '']) => {
    const body: string[] = [];
    for (let line = left.shift(); line !== undefined; line = left.shift()) {
      const stripped = dash === '-' ? line.replace(/^\t+/, '') : line;
      if (stripped === name) break;
      body.push(stripped);
    }
    return { name, body: body.map((line) => `${line}\n`).join(''), expands: quote === '' };
  });
}

/** dockerfile-ast 0.7.1 takes `<<EOF` inside quotes for a heredoc and swallows the rest of the file; BuildKit does not. */
function maskQuotedHeredocs(text: string): string {
  const quoted = /"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/g;
  return text.replace(quoted, (match) => (match.includes('<<') ? match.replace(/<</g, '..') : match));
}

const WITH_HEREDOCS = new Set(['RUN', 'COPY', 'ADD']);
