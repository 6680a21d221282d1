import { posix } from 'node:path';
import { doubt, mergeTraces, NO_TRACE, type Trace } from '../../trace.ts';
import { absolute, isAbsent, read, seeBelow, write } from '../filesystem.ts';
import {
  type Call,
  type Data,
  dataOfText,
  joinData,
  type KnownCommand,
  notFollowed,
  type Status,
} from '../machine.ts';
import { hasFlag, operands, pathsOf, textsOf, traceOf } from './arguments.ts';

/** Programs that read text and print some of it. */
export const TEXT_COMMANDS: Readonly<Record<string, KnownCommand>> = {
  cat: (call) => pass(call, operands(call), (text) => text),
  less: (call) => pass(call, operands(call), (text) => text),
  tac: (call) => encode(call, operands(call)),
  rev: (call) => encode(call, operands(call)),
  head: (call) => pass(call, operands(call, ['-n', '-c']), (text) => part(call, text, 'head')),
  tail: (call) => pass(call, operands(call, ['-n', '-c']), (text) => part(call, text, 'tail')),
  sort: (call) => pass(call, operands(call, ['-k', '-t']), (text) => sorted(call, text)),
  uniq: (call) => derive(call, operands(call)),
  nl: (call) => encode(call, operands(call)),
  strings: (call) => encode(call, operands(call)),
  grep,
  egrep: grep,
  fgrep: grep,
  cut: (call) => pass(call, operands(call, ['-d', '-f', '-c', '-b']), (text) => cutFields(call, text)),
  tr: (call) => {
    const deletes = hasFlag(call, '-d', '-s');
    const data = call.stdin ?? EMPTY;
    const [set = ''] = operands(call).map(({ text }) => text ?? '');
    const harmless = deletes && /^(\\[nrt]|\s|\[:space:\])+$/.test(set);
    if (harmless && data.bytes !== null)
      call.stdout(dataOfText(call.machine, data.bytes.toString('utf8').replace(/\s/g, '')));
    else call.stdout({ bytes: null, trace: deletes ? doubt(data.trace) : data.trace });
    return true;
  },
  sed: (call) => {
    const [, ...files] = hasFlag(call, '-e', '-f')
      ? [undefined, ...operands(call, ['-e', '-f'])]
      : operands(call);
    const inPlace = textsOf(call).some((text) => /^-\w*i|^--in-place/.test(text));
    if (!inPlace)
      return derive(
        call,
        files.filter((each) => each !== undefined),
      );
    for (const path of pathsOf(
      call,
      files.filter((each) => each !== undefined),
    )) {
      const data = read(call.machine, path);
      const trace = mergeTraces(doubt(data?.trace ?? NO_TRACE), traceOf(call.args));
      if (data !== null)
        write(call.machine, path, { data: { bytes: null, trace }, tool: 'sed', sure: call.sure });
    }
    return true;
  },
  awk: (call) => derive(call, operands(call, ['-F', '-v', '-f']).slice(1)),
  jq: (call) => derive(call, operands(call, ['--arg']).slice(1)),
  diff: (call) => derive(call, operands(call)),
  fold: (call) => derive(call, operands(call, ['-w'])),
  paste: (call) => encode(call, operands(call, ['-d'])),
  column: (call) => encode(call, operands(call)),
  envsubst: (call) => {
    const all = traceOf([...call.machine.variables.values(), ...(call.stdin === null ? [] : [call.stdin])]);
    call.stdout({ bytes: null, trace: doubt(all) });
    return true;
  },
  base64: (call) => {
    const { data, complete } = input(call, operands(call, ['-w']));
    const decodes = hasFlag(call, '-d', '--decode');
    const turned =
      data.bytes === null
        ? null
        : decodes
          ? Buffer.from(data.bytes.toString('latin1'), 'base64')
          : encoded(call, data.bytes);
    call.stdout({ bytes: turned, trace: data.trace });
    return complete;
  },
  base32: (call) => encode(call, operands(call, ['-w'])),
  xxd: (call) => encode(call, operands(call, ['-l', '-c', '-s'])),
  od: (call) => encode(call, operands(call, ['-A', '-t', '-w'])),
  hexdump: (call) => encode(call, operands(call, ['-e', '-n', '-s'])),
  tee: (call) => {
    const data = call.stdin ?? EMPTY;
    for (const path of pathsOf(call, operands(call))) {
      if (/^\/dev\/(stdout|stderr|tty|fd\/[12])$/.test(path)) call.stderr(data);
      else {
        const old = hasFlag(call, '-a', '--append') ? read(call.machine, path) : null;
        write(call.machine, path, {
          data: old === null ? data : joinData([old, data]),
          tool: 'tee',
          sure: call.sure,
        });
      }
    }
    call.stdout(data);
    return true;
  },
  xargs: (call) => {
    const [name, ...rest] = operands(call, ['-n', '-I', '-P', '-d', '-L']);
    const words = call.stdin?.bytes
      ?.toString('utf8')
      .split(/\s+/)
      .filter((word) => word !== '');
    if (typeof name?.text !== 'string') {
      call.stdout(call.stdin ?? EMPTY);
      return true;
    }
    if (words === undefined || hasFlag(call, '-I')) return notFollowed(call.machine, `xargs ${name.text}`);
    const trace = call.stdin?.trace ?? NO_TRACE;
    return call.again(name.text, [...rest, ...words.map((text) => ({ text, trace }))], { stdin: null });
  },
};

function grep(call: Call): Status {
  const [pattern, ...files] = hasFlag(call, '-e', '-f')
    ? [undefined, ...operands(call, ['-e', '-f'])]
    : operands(call, ['-m', '-A', '-B', '-C']);
  const { data, complete } = input(
    call,
    files.filter((each) => each !== undefined),
  );
  if (hasFlag(call, '-q', '-c', '-l', '-L', '--quiet', '--silent', '--count')) return null;
  const expression = typeof pattern?.text !== 'string' ? null : toRegExp(pattern.text, call);
  if (data.bytes === null || expression === null || hasFlag(call, '-A', '-B', '-C', '-o')) {
    call.stdout({ bytes: null, trace: doubt(data.trace) });
    return null;
  }
  const inverted = hasFlag(call, '-v', '--invert-match');
  const lines = data.bytes
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '' && expression.test(line) !== inverted);
  call.stdout(dataOfText(call.machine, lines.map((line) => `${line}\n`).join('')));
  return complete && lines.length > 0;
}

function toRegExp(pattern: string, call: Call): RegExp | null {
  const literal = call.name === 'fgrep' || hasFlag(call, '-F');
  try {
    return new RegExp(
      literal ? pattern.replace(/[^\w\s]/g, '\\$&') : pattern,
      hasFlag(call, '-i') ? 'i' : '',
    );
  } catch {
    return null;
  }
}

function cutFields(call: Call, text: string): string | null {
  const args = textsOf(call).join(' ');
  const separator = /(?:^| )-d ?(\S)/.exec(args)?.[1] ?? '\t';
  const [, low, dash, high] = /(?:^| )-f ?(\d+)(-?)(\d*)/.exec(args) ?? [];
  if (low === undefined) return null;
  const from = Number(low) - 1;
  const to = high === '' || high === undefined ? (dash === '-' ? undefined : from + 1) : Number(high);
  return text
    .split('\n')
    .map((line) => (line.includes(separator) ? line.split(separator).slice(from, to).join(separator) : line))
    .join('\n');
}

function part(call: Call, text: string, end: 'head' | 'tail'): string | null {
  const args = textsOf(call).join(' ');
  const [, unit, amount] = /(?:^| )-([nc]) ?(\d+)/.exec(args) ?? [];
  const lines = /(?:^| )-(\d+)/.exec(args)?.[1];
  if (unit === 'c') return end === 'head' ? text.slice(0, Number(amount)) : text.slice(-Number(amount));
  if (/-[nc]/.test(args) && amount === undefined) return null;
  const count = Number(amount ?? lines ?? 10);
  const all = text.replace(/\n$/, '').split('\n');
  return `${(end === 'head' ? all.slice(0, count) : all.slice(-count)).join('\n')}\n`;
}

/** Prints what it read, or a part of it that `choose` names; `null` there: a part that is not known. */
function pass(
  call: Call,
  files: readonly { text: string | null; trace: Trace }[],
  choose: (text: string) => string | null,
): Status {
  const { data, complete } = input(call, files);
  const text = data.bytes === null ? null : choose(data.bytes.toString('utf8'));
  if (text === null)
    call.stdout({ bytes: null, trace: data.bytes === null ? data.trace : doubt(data.trace) });
  else if (data.bytes !== null && text === data.bytes.toString('utf8'))
    call.stdout({ bytes: data.bytes, trace: data.trace });
  else call.stdout(dataOfText(call.machine, text));
  return complete;
}

/** Prints something from which all that it read can be had back. */
function encode(call: Call, files: readonly { text: string | null; trace: Trace }[]): Status {
  const { data, complete } = input(call, files);
  call.stdout({ bytes: null, trace: data.trace });
  return complete;
}

/** Prints something made from what it read. */
function derive(call: Call, files: readonly { text: string | null; trace: Trace }[]): Status {
  const { data, complete } = input(call, files);
  call.stdout({ bytes: null, trace: doubt(mergeTraces(data.trace, traceOf(call.args))) });
  return complete;
}

/** What the files hold, or what comes through the pipe; not complete when one is certainly not there. */
function input(
  call: Call,
  files: readonly { text: string | null; trace: Trace }[],
): { data: Data; complete: boolean } {
  if (files.length === 0) return { data: call.stdin ?? EMPTY, complete: true };
  const parts: Data[] = [];
  let complete = true;
  for (const { text } of files) {
    if (text === null) {
      parts.push({ bytes: null, trace: NO_TRACE });
      continue;
    }
    if (text === '-') {
      parts.push(call.stdin ?? EMPTY);
      continue;
    }
    const path = absolute(call.machine, text);
    const data = read(call.machine, path);
    const below =
      data === null && hasFlag(call, '-r', '-R')
        ? seeBelow(call.machine, path).flatMap((file) => read(call.machine, file) ?? [])
        : [];
    if (data === null && below.length === 0 && isAbsent(call.machine, path)) {
      complete = call.fail(`${call.name} ${posix.normalize(text)}: there is no such file`);
      continue;
    }
    parts.push(...(data === null ? (below.length > 0 ? below : [{ bytes: null, trace: NO_TRACE }]) : [data]));
  }
  return { data: joinData(parts), complete };
}

/** Sorted as bytes; `null` for an order that is not that simple. */
function sorted(call: Call, text: string): string | null {
  const flags = textsOf(call).filter((each) => each.startsWith('-'));
  if (flags.some((flag) => flag !== '-r' && flag !== '-u')) return null;
  const lines = text.replace(/\n$/, '').split('\n').sort();
  const kept = flags.includes('-u') ? [...new Set(lines)] : lines;
  return `${(flags.includes('-r') ? kept.reverse() : kept).join('\n')}\n`;
}

function encoded(call: Call, bytes: Buffer): Buffer {
  const text = bytes.toString('base64');
  const whole = textsOf(call).some(
    (each, index, all) => /^(-w0|--wrap=0)$/.test(each) || (each === '-w' && all[index + 1] === '0'),
  );
  return Buffer.from(whole ? text : text.replace(/.{1,76}/g, '$&\n'));
}

const EMPTY: Data = { bytes: Buffer.alloc(0), trace: NO_TRACE };
