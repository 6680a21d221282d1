import { isRoot } from '../image/stage.ts';
import type { Word, WordPart } from '../shell/syntax.ts';
import { readText } from '../shell/words.ts';
import { doubt, mergeTraces, NO_TRACE } from '../trace.ts';
import { expandGlob, homeOf } from './filesystem.ts';
import { type Machine, plainValue, type Value, valueOfText } from './machine.ts';

/** Runs a command substitution and answers what it printed. */
export type Substitute = (script: string) => Value;

/** A word as the fields it becomes: variables replaced, split, patterns matched with files. */
export function expandFields(machine: Machine, word: Word, substitute: Substitute): Value[] {
  const [only] = word;
  if (only?.kind === 'variable' && word.length === 1 && (only.name === '@' || only.name === '*'))
    return [...machine.positional];
  const values = word.map((part) => valueOfPart(machine, part, substitute));
  const trace = mergeTraces(...values.map((value) => value.trace));
  if (values.some(({ text }) => text === null)) return [{ text: null, trace }];
  const fields: { text: string; pattern: boolean }[] = [];
  let open: { text: string; pattern: boolean } | null = null;
  word.forEach((part, index) => {
    const text = values[index]?.text ?? '';
    const quoted = part.kind === 'arithmetic' || part.quoted;
    const splits = part.kind !== 'text' && !quoted;
    const pieces: string[] = splits ? text.split(/\s+/) : [text];
    pieces.forEach((piece, at) => {
      if (at > 0 && open !== null) {
        fields.push(open);
        open = null;
      }
      if (splits && piece === '') return;
      open ??= { text: '', pattern: false };
      open.text += piece;
      if (!quoted && /[*?[]/.test(piece)) open.pattern = true;
    });
  });
  if (open !== null) fields.push(open);
  return fields.flatMap(({ text, pattern }) =>
    (pattern ? expandGlob(machine, home(machine, text)) : [homeIfPlain(machine, word, text)]).map((each) =>
      valueOfText(machine, each),
    ),
  );
}

/** A word as one value: an assignment, the target of a redirect, a heredoc. */
export function expandValue(machine: Machine, word: Word, substitute: Substitute): Value {
  const values = word.map((part) => valueOfPart(machine, part, substitute));
  if (values.some(({ text }) => text === null))
    return { text: null, trace: mergeTraces(...values.map(({ trace }) => trace)) };
  const text = values.map((value) => value.text ?? '').join('');
  return valueOfText(machine, homeIfPlain(machine, word, text));
}

function valueOfPart(machine: Machine, part: WordPart, substitute: Substitute): Value {
  switch (part.kind) {
    case 'text':
      return plainValue(part.text);
    case 'arithmetic':
      return { text: null, trace: NO_TRACE };
    case 'substitution':
      return substitute(part.script);
    case 'variable':
      return valueOfVariable(machine, part, substitute);
    default:
      return part satisfies never;
  }
}

function valueOfVariable(
  machine: Machine,
  part: WordPart & { kind: 'variable' },
  substitute: Substitute,
): Value {
  const value = lookUp(machine, part.name);
  if (part.length) return { text: null, trace: NO_TRACE };
  if (part.operator === '') return value ?? plainValue('');
  const there = value !== undefined && (!part.operator.startsWith(':') || value.text !== '');
  const operand = () =>
    expandValue(machine, readText(part.operand.replace(/^(["'])(.*)\1$/, '$2'), true), substitute);
  switch (part.operator) {
    case ':-':
    case '-':
      return there ? value : operand();
    case ':=':
    case '=':
      if (there) return value;
      machine.variables.set(part.name, operand());
      return lookUp(machine, part.name) ?? plainValue('');
    case ':+':
    case '+':
      return there ? operand() : plainValue('');
    case ':?':
    case '?':
      return value ?? { text: null, trace: NO_TRACE };
    default:
      return { text: null, trace: doubt(value?.trace ?? NO_TRACE) };
  }
}

function lookUp(machine: Machine, name: string): Value | undefined {
  if (/^[?#$!-]$/.test(name)) return { text: null, trace: NO_TRACE };
  if (/^[1-9]$/.test(name)) return machine.positional[Number(name) - 1];
  if (name === '@' || name === '*') return joined(machine.positional);
  const known = machine.variables.get(name);
  if (known !== undefined) return known;
  if (name === 'HOME') return plainValue(homeOf(machine.user));
  if (name === 'PWD') return plainValue(machine.folder);
  if (name === 'PATH') return { text: null, trace: NO_TRACE };
  if (name === 'UID') return plainValue(isRoot(machine.user) ? '0' : '1000');
  return undefined;
}

function joined(values: readonly Value[]): Value {
  const trace = mergeTraces(...values.map((value) => value.trace));
  const known = values.flatMap(({ text }) => (text === null ? [] : [text]));
  return { text: known.length === values.length ? known.join(' ') : null, trace };
}

function homeIfPlain(machine: Machine, word: Word, text: string): string {
  const [first] = word;
  return first?.kind === 'text' && !first.quoted ? home(machine, text) : text;
}

const home = (machine: Machine, text: string) => text.replace(/^~(?=\/|$)/, homeOf(machine.user));
