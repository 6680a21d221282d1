import { posix } from 'node:path';
import { resolvePath, type Stage } from '../image/stage.ts';
import { parseShell } from '../shell/parse.ts';
import { type Command, ShellSyntaxError, type Word } from '../shell/syntax.ts';

/** What a container runs in the end, behind shells, init programs and scripts. */
export type Program =
  | { readonly kind: 'node'; readonly entry: string; readonly tsx: boolean; readonly strips: boolean }
  | { readonly kind: 'tsx'; readonly entry: string; readonly downloads: boolean }
  | { readonly kind: 'missing'; readonly what: string }
  | { readonly kind: 'unknown'; readonly what: string };

export interface Start {
  readonly program: Program;
  /** The user that a program like gosu changes to. */
  readonly user: string | null;
  readonly folder: string;
  readonly viaNpm: boolean;
  /** Variables set on the way: `HOST=0.0.0.0 node …`. */
  readonly environment: ReadonlyMap<string, string>;
}

export function findProgram(stage: Stage, words: readonly string[], folder: string): Start {
  const environment = new Map<string, string>();
  let user: string | null = null;
  let viaNpm = false;
  let at = folder;
  const there = (path: string) => stage.files.has(path);
  const answer = (program: Program): Start => ({ program, user, folder: at, viaNpm, environment });
  const unknown = (what: string) => answer({ kind: 'unknown', what });
  const missing = (what: string) =>
    answer(stage.blurred === null ? { kind: 'missing', what } : { kind: 'unknown', what });

  function follow(rest: readonly string[], depth: number): Start {
    const [name, ...args] = rest;
    if (name === undefined) return missing('there is no command');
    if (depth > 12) return unknown('a command that starts itself');
    const [, variable, value] = /^([A-Za-z_]\w*)=(.*)$/.exec(name) ?? [];
    if (variable !== undefined && value !== undefined) {
      environment.set(variable, value);
      return follow(args, depth);
    }
    const plain = posix.basename(name);
    const own = name.includes('/') ? stage.files.get(resolvePath(at, name)) : undefined;
    if (
      Buffer.isBuffer(own?.bytes) &&
      /^#!.*sh\b|\.sh$/.test(`${own.bytes.toString('utf8').split('\n')[0] ?? ''}${name}`)
    )
      return script(own.bytes.toString('utf8'), args, depth);
    switch (plain) {
      case 'docker-entrypoint.sh': {
        if (stage.base.name !== 'node') break;
        // The official image puts `node` before what is no program.
        const [first = 'node'] = args;
        const isProgram = PROGRAMS.has(posix.basename(first)) || /\.sh$|^[\w-]+$/.test(first) || there(first);
        return follow(first.startsWith('-') || !isProgram ? ['node', ...args] : args, depth + 1);
      }
      case 'tini':
      case 'dumb-init':
      case 'catatonit':
        if (![`/sbin/${plain}`, `/usr/bin/${plain}`, `/usr/local/bin/${plain}`, name].some(there))
          return missing(`${plain} is not in the image`);
        return follow(
          args.filter((arg, index) => !(arg.startsWith('-') && index < 3)),
          depth + 1,
        );
      case 'gosu':
      case 'su-exec':
        user = args[0] ?? null;
        return follow(args.slice(1), depth + 1);
      case 'env':
      case 'exec':
      case 'nice':
        return follow(
          args.filter((arg) => arg !== '-S' && arg !== '--'),
          depth + 1,
        );
      case 'sh':
      case 'bash':
      case 'ash':
      case 'dash': {
        if (!stage.base.hasShell && !there('/bin/sh'))
          return missing(`the command needs a shell, and ${stage.from} has none`);
        const flag = args.findIndex((arg) => /^-\w*c$/.test(arg));
        if (flag >= 0) return script(args[flag + 1] ?? '', args.slice(flag + 3), depth);
        const file = stage.files.get(resolvePath(at, args[0] ?? ''));
        return !Buffer.isBuffer(file?.bytes)
          ? missing(`${args[0] ?? plain} is not in the image`)
          : script(file.bytes.toString('utf8'), args.slice(1), depth);
      }
      case 'node':
      case 'nodejs':
        return nodeProgram(args, depth);
      case 'npm':
        return npmScript(
          args[0] === 'run' || args[0] === 'run-script' ? (args[1] ?? '') : (args[0] ?? ''),
          depth,
        );
      case 'npx':
        if (!hasNpm(stage)) return missing('npx is not in the image');
        return localProgram(
          args.filter((arg) => !/^-/.test(arg)),
          true,
        );
      case 'tsx':
        return localProgram(rest, false);
      default:
    }
    if (own === undefined && name.includes('/')) return missing(`${name} is not in the image`);
    if (/^\[/.test(name))
      return missing(
        `${rest.join(' ')} is not JSON (single quotes?), so a shell looks for a program named "${name}"`,
      );
    return unknown(`"${name}"`);
  }

  function nodeProgram(args: readonly string[], depth: number): Start {
    if (!hasNode(stage))
      return stage.base.known ? missing('there is no Node in the image') : unknown(`the image ${stage.from}`);
    let [tsx, strips, index] = [false, false, 0];
    for (; (args[index] ?? '').startsWith('-'); index += 1) {
      const option = args[index] ?? '';
      if (/^(-e|-p|--eval|--print)/.test(option)) return unknown('node -e');
      if (option === '--run') return npmScript(args[index + 1] ?? '', depth);
      if (/strip-types|transform-types/.test(option)) strips = true;
      const value = option.includes('=') ? (option.split('=')[1] ?? '') : (args[index + 1] ?? '');
      if (/^(--import|--loader|--experimental-loader|-r|--require)(=|$)/.test(option)) {
        if (/^tsx(\/|$)/.test(value)) tsx = true;
        if (!option.includes('=')) index += 1;
      } else if (/^(-C|--conditions|--env-file|--title)$/.test(option)) index += 1;
    }
    const entry = args[index];
    return entry === undefined
      ? missing('node is given no file to run')
      : answer({ kind: 'node', entry, tsx, strips });
  }

  function npmScript(name: string, depth: number): Start {
    viaNpm = true;
    if (!hasNpm(stage)) return missing('npm is not in the image');
    const manifest = stage.files.get(resolvePath(at, 'package.json'));
    if (!Buffer.isBuffer(manifest?.bytes)) return missing(`npm ${name} needs package.json in ${at}`);
    const text = scriptOf(manifest.bytes.toString('utf8'), name);
    return text === null ? missing(`package.json has no script "${name}"`) : script(text, [], depth);
  }

  function localProgram(words: readonly string[], viaNpx: boolean): Start {
    const [name, entry] = words;
    if (name !== 'tsx' || entry === undefined) return unknown(words.join(' '));
    const installed = [resolvePath(at, 'node_modules'), '/usr/local/lib/node_modules'].some((root) =>
      there(`${root}/tsx/package.json`),
    );
    return answer({ kind: 'tsx', entry, downloads: !installed && viaNpx });
  }

  /** The last command of a script is what stays running. */
  function script(text: string, positional: readonly string[], depth: number): Start {
    let last: (Command & { kind: 'simple' }) | null;
    try {
      last = lastCommand(parseShell(text), (path) => void (at = resolvePath(at, path)));
    } catch (error) {
      if (!(error instanceof ShellSyntaxError)) throw error;
      return unknown("a start script that the workshop can't read");
    }
    if (last === null) return unknown('a start script');
    const words = last.words.flatMap((word) => expand(word, stage, positional) ?? ['\0']);
    if (words.includes('\0')) return unknown('a start script with words that are not known');
    for (const { name, value } of last.assignments)
      environment.set(name, expand(value, stage, positional)?.join('') ?? '');
    return follow(words, depth + 1);
  }

  return follow(words, 0);
}

export const hasNode = (stage: Stage): boolean =>
  (stage.base.known && stage.base.node !== null) ||
  [...stage.files.keys()].some((path) => /\/bin\/node$/.test(path));

const hasNpm = (stage: Stage) =>
  stage.base.hasNpm || ['/usr/bin/npm', '/usr/local/bin/npm'].some((path) => stage.files.has(path));

function lastCommand(
  command: Command,
  changeFolder: (path: string) => void,
): (Command & { kind: 'simple' }) | null {
  switch (command.kind) {
    case 'simple': {
      const [name, target] = command.words.map(plainText);
      if (name === 'cd' && typeof target === 'string') changeFolder(target);
      return command;
    }
    case 'sequence': {
      const found = command.commands.map((each) => lastCommand(each, changeFolder));
      return found.at(-1) ?? null;
    }
    case 'and-or':
      lastCommand(command.left, changeFolder);
      return lastCommand(command.right, changeFolder);
    case 'group':
      return lastCommand(command.body, changeFolder);
    case 'pipeline':
    case 'if':
    case 'for':
    case 'while':
    case 'case':
    case 'function':
      return null;
    default:
      return command satisfies never;
  }
}

function expand(word: Word, stage: Stage, positional: readonly string[]): string[] | null {
  const [only] = word;
  if (only?.kind === 'variable' && word.length === 1 && only.name === '@') return [...positional];
  const parts = word.map((part) => {
    if (part.kind === 'text') return part.text;
    if (part.kind !== 'variable' || part.length) return null;
    const value = stage.environment.get(part.name);
    return part.operator === ''
      ? (value ?? '')
      : /^:?-$/.test(part.operator)
        ? (value ?? part.operand)
        : null;
  });
  return parts.some((part) => part === null) ? null : [parts.join('')];
}

const plainText = (word: Word) =>
  word.every((part) => part.kind === 'text') ? word.map((part) => part.text).join('') : null;

function scriptOf(manifest: string, name: string): string | null {
  try {
    const parsed: unknown = JSON.parse(manifest);
    const scripts: unknown =
      typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'scripts') : null;
    const text: unknown = typeof scripts === 'object' && scripts !== null ? Reflect.get(scripts, name) : null;
    return typeof text === 'string' ? text : null;
  } catch {
    return null;
  }
}

const PROGRAMS = new Set([
  'node',
  'nodejs',
  'npm',
  'npx',
  'tsx',
  'sh',
  'bash',
  'ash',
  'tini',
  'dumb-init',
  'gosu',
  'su-exec',
  'env',
  'exec',
  'yarn',
  'pnpm',
  'bun',
]);
