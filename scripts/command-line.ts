import { parseArgs } from 'node:util';
import { nearest } from '../store/nearest.ts';
import { usageError } from './usage-error.ts';

/** `flag` is there or not; `text` and `number` take a value; `port` is a number from 0 to 65535. */
export type OptionKind = 'flag' | 'text' | 'number' | 'port';

export interface Grammar<Options extends Readonly<Record<string, OptionKind>>> {
  /** Shown by `--help`, and the remedy of every mistake: how the command is typed. */
  readonly usage: string;
  readonly options: Options;
  /** How many words besides options there may be. */
  readonly words: { readonly least: number; readonly most: number };
}

export interface CommandLine<Options extends Readonly<Record<string, OptionKind>>> {
  readonly options: { readonly [Name in keyof Options]: ValueOf<Options[Name]> };
  readonly words: readonly string[];
  readonly help: boolean;
}

type ValueOf<Kind extends OptionKind> = Kind extends 'flag'
  ? boolean
  : Kind extends 'text'
    ? string | undefined
    : number | undefined;

/** What was typed after the verb. Throws `USAGE` naming the word that is not understood and the nearest that would be. */
export function parseCommandLine<const Options extends Readonly<Record<string, OptionKind>>>(
  args: readonly string[],
  grammar: Grammar<Options>,
): CommandLine<Options> {
  const known: Readonly<Record<string, OptionKind>> = { ...grammar.options, help: 'flag' };
  const { tokens, positionals } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(known).map(([name, kind]) => [name, { type: kind === 'flag' ? 'boolean' : 'string' }]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const found = new Map<string, boolean | string | number>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const kind = known[token.name];
    if (kind === undefined) throw unknownOption(token.rawName, Object.keys(known), grammar.usage);
    found.set(token.name, parseValue(token.rawName, kind, token.value, grammar.usage));
  }
  const help = found.has('help');
  if (!help) checkWords(positionals, grammar);
  const options = Object.entries(grammar.options).map(([name, kind]) => [
    name,
    found.get(name) ?? (kind === 'flag' ? false : undefined),
  ]);
  return { options: Object.fromEntries(options), words: positionals, help };
}

function parseValue(name: string, kind: OptionKind, value: string | undefined, usage: string) {
  if (kind === 'flag') {
    if (value !== undefined) throw usageError(`${name} takes no value, and "${value}" was given.`, usage);
    return true;
  }
  if (value === undefined || value === '')
    throw usageError(`${name} needs a value, and none was given.`, usage);
  if (kind === 'text') return value;
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 0 || (kind === 'port' && number > LAST_PORT)) {
    const expected = kind === 'port' ? `a port from 0 to ${LAST_PORT}` : 'a whole number';
    throw usageError(`${name} needs ${expected}, and "${value}" was given.`, usage);
  }
  return number;
}

function unknownOption(name: string, known: readonly string[], usage: string) {
  const guess = nearest(name.replace(/^-+/, ''), known);
  const meant = guess === undefined ? '' : ` Did you mean "--${guess}"?`;
  return usageError(`There is no option "${name}" here.${meant}`, usage);
}

function checkWords(
  words: readonly string[],
  { words: { least, most }, usage }: Pick<Grammar<Readonly<Record<string, OptionKind>>>, 'words' | 'usage'>,
): void {
  const surplus = words[most];
  if (surplus !== undefined) throw usageError(`"${surplus}" is one word too many.`, usage);
  if (words.length < least) throw usageError('A word is missing.', usage);
}

const LAST_PORT = 65_535;
