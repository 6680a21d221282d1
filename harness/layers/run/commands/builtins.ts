import { mergeTraces } from '../../trace.ts';
import { absolute, isAbsent, read } from '../filesystem.ts';
import { type Call, dataOfText, type KnownCommand, notFollowed, type Value } from '../machine.ts';
import { parseSecretLines } from '../../secret-values.ts';
import { hasFlag, operands, pathsOf, textsOf, traceOf } from './arguments.ts';
import { testCommand } from './test.ts';

/** What the shell itself does, and programs that only run another. */
export const BUILTINS: Readonly<Record<string, KnownCommand>> = {
  ':': () => true,
  true: () => true,
  false: (call) => call.fail('false'),
  cd: (call) => {
    const [path] = pathsOf(call, operands(call));
    if (path !== undefined && isAbsent(call.machine, path))
      return call.fail(`cd ${path}: there is no such folder`);
    if (path !== undefined) call.machine.folder = path;
    return true;
  },
  set: (call) => {
    const texts = textsOf(call);
    const { machine } = call;
    if (texts.length === 0) call.stdout({ bytes: null, trace: variablesTrace(call) });
    if (hasFlag(call, '-x') || (texts.includes('-o') && texts.includes('xtrace'))) machine.tracing = true;
    if (texts.some((text) => /^\+\w*x/.test(text))) machine.tracing = false;
    if (hasFlag(call, '-e') || texts.includes('errexit')) machine.stopsOnError = true;
    if (texts.some((text) => /^\+\w*e/.test(text))) machine.stopsOnError = false;
    return true;
  },
  export: declare,
  readonly: declare,
  local: declare,
  unset: (call) => {
    for (const { text } of operands(call)) if (text !== null) call.machine.variables.delete(text);
    return true;
  },
  shift: (call) => {
    call.machine.positional = call.machine.positional.slice(1);
    return true;
  },
  exit: leave,
  return: leave,
  exec: (call) => {
    const [name, ...args] = call.args;
    if (name === undefined) return true;
    const status = name.text === null ? notFollowed(call.machine, 'exec') : call.again(name.text, args);
    call.machine.ended = call.sure;
    return status;
  },
  eval: (call) => {
    const texts = call.args.map(({ text }) => text);
    if (texts.some((text) => text === null))
      return notFollowed(call.machine, 'eval of a text that is not known');
    return call.script(texts.join(' '));
  },
  '.': source,
  source,
  read: (call) => {
    const trace = call.stdin?.trace ?? new Map();
    const [line] = call.stdin?.bytes?.toString('utf8').split('\n') ?? [];
    const names = operands(call, ['-d', '-n', '-p', '-t', '-u']).flatMap(({ text }) => text ?? []);
    // Which line it is in a loop is not known, so the text is not: only what it may carry.
    const inLoop = (call.stdin?.bytes?.toString('utf8').trim().split('\n').length ?? 0) > 1;
    for (const name of names)
      call.machine.variables.set(
        name,
        inLoop || line === undefined ? { text: null, trace } : { text: line, trace },
      );
    return null;
  },
  command: again,
  builtin: again,
  time: again,
  nohup: again,
  sudo: again,
  env: (call) => {
    const rest = [...call.args];
    const assigned: [string, Value][] = [];
    for (let next = rest[0]; next !== undefined; next = rest[0]) {
      const [, name, value] = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(next.text ?? '') ?? [];
      if (name !== undefined && value !== undefined)
        assigned.push([name, { text: value, trace: next.trace }]);
      else if (next.text === null) assigned.push([`(unknown ${assigned.length})`, next]);
      else if (!/^-/.test(next.text)) break;
      rest.shift();
    }
    const before = new Map(call.machine.variables);
    for (const [name, value] of assigned) call.machine.variables.set(name, value);
    const [name, ...args] = rest;
    if (name === undefined) call.stdout({ bytes: null, trace: variablesTrace(call) });
    const status = typeof name?.text !== 'string' ? true : call.again(name.text, args);
    call.machine.variables = before;
    return status;
  },
  printenv: (call) => {
    const names = operands(call).map(({ text }) => text ?? '');
    const { variables } = call.machine;
    const shown =
      names.length === 0 ? [...variables.values()] : names.flatMap((name) => variables.get(name) ?? []);
    call.stdout({ bytes: null, trace: traceOf(shown) });
    return true;
  },
  test: testCommand,
  '[': testCommand,
  '[[': testCommand,
  echo: (call) =>
    print(
      call,
      `${call.args
        .map(({ text }) => text ?? '')
        .filter((text) => !/^-[neE]+$/.test(text))
        .join(' ')}\n`,
    ),
  printf: (call) => {
    const [format, ...values] = textsOf(call);
    let index = 0;
    const text = (format ?? '').replace(/\\n/g, '\n').replace(/%[sdq]/g, () => values[index++] ?? '');
    return print(call, index < values.length ? `${text}${values.slice(index).join('\n')}` : text);
  },
  sh: shell,
  bash: shell,
  ash: shell,
  dash: shell,
};

function again(call: Call) {
  const [name, ...args] =
    operands(call).length === call.args.length
      ? call.args
      : call.args.filter(({ text }) => !/^-/.test(text ?? ''));
  return name === undefined || name.text === null ? true : call.again(name.text, args);
}

function leave(call: Call) {
  const code = call.args[0]?.text ?? '0';
  if (call.sure) call.machine.ended = true;
  return code === '0' ? true : call.fail(`exit ${code}`);
}

function declare(call: Call) {
  for (const { text, trace } of operands(call)) {
    const [, name, value] = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(text ?? '') ?? [];
    if (name !== undefined && value !== undefined) call.machine.variables.set(name, { text: value, trace });
    else if (text === null) call.machine.variables.set('(unknown export)', { text, trace });
    else
      for (const [key, each] of parseSecretLines(text))
        call.machine.variables.set(key, { text: each, trace });
  }
  if (call.args.length === 0 || hasFlag(call, '-p'))
    call.stdout({ bytes: null, trace: variablesTrace(call) });
  return true;
}

function source(call: Call) {
  const [path] = pathsOf(call, call.args.slice(0, 1));
  const data = path === undefined ? null : read(call.machine, path);
  if (Buffer.isBuffer(data?.bytes)) return call.script(data.bytes.toString('utf8'));
  if (path !== undefined && isAbsent(call.machine, path)) return call.fail(`${path}: there is no such file`);
  return notFollowed(call.machine, `. ${path ?? ''}`);
}

function shell(call: Call) {
  const at = call.args.findIndex(({ text }) => /^-\w*c$/.test(text ?? ''));
  const { tracing, stopsOnError, positional, ended } = call.machine;
  if (hasFlag(call, '-x')) call.machine.tracing = true;
  if (hasFlag(call, '-e')) call.machine.stopsOnError = true;
  const run = () => {
    if (at >= 0) {
      const text = call.args[at + 1]?.text;
      call.machine.positional = call.args.slice(at + 3);
      return typeof text !== 'string'
        ? notFollowed(call.machine, `${call.name} -c with a text that is not known`)
        : call.script(text);
    }
    const [file, ...rest] = operands(call, ['-o']);
    if (typeof file?.text === 'string') {
      call.machine.positional = rest;
      const data = read(call.machine, absolute(call.machine, file.text));
      return !Buffer.isBuffer(data?.bytes)
        ? notFollowed(call.machine, `the script ${file.text}`)
        : call.script(data.bytes.toString('utf8'));
    }
    const { stdin } = call;
    if (stdin === null) return true;
    return stdin.bytes === null
      ? notFollowed(call.machine, `${call.name} with a script that is not known`)
      : call.script(stdin.bytes.toString('utf8'), { stdin: null });
  };
  const status = run();
  Object.assign(call.machine, { tracing, stopsOnError, positional, ended });
  return status;
}

function print(call: Call, text: string) {
  const known = call.args.every((arg) => arg.text !== null);
  call.stdout(known ? dataOfText(call.machine, text) : { bytes: null, trace: traceOf(call.args) });
  return true;
}

const variablesTrace = (call: Call) =>
  mergeTraces(...[...call.machine.variables.values()].map(({ trace }) => trace));
