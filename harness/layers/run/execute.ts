import type { Command } from '../shell/syntax.ts';
import { ShellSyntaxError } from '../shell/syntax.ts';
import { parseShell } from '../shell/parse.ts';
import { mergeTraces } from '../trace.ts';
import { findCommand } from './commands/find-command.ts';
import {
  type Call,
  type Data,
  joinData,
  type Machine,
  notFollowed,
  soften,
  type Status,
  type Streams,
  type Value,
} from './machine.ts';
import { redirected } from './redirects.ts';
import { expandFields, expandValue } from './words.ts';

/** Reads and runs a script in the machine. What is no readable shell can't be followed. */
export function runScript(machine: Machine, text: string, streams: Streams): Status {
  if (machine.depth > MAX_DEPTH) return notFollowed(machine, 'a script that calls itself');
  machine.depth += 1;
  try {
    return execute(machine, parseShell(text), streams);
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error;
    return notFollowed(machine, `shell text that the workshop can't read (${error.message})`);
  } finally {
    machine.depth -= 1;
  }
}

function execute(machine: Machine, command: Command, streams: Streams): Status {
  if (machine.ended) return null;
  switch (command.kind) {
    case 'simple':
      return runSimple(machine, command, streams);
    case 'sequence': {
      let status: Status = true;
      for (const each of command.commands) {
        if (machine.ended) break;
        status = execute(machine, each, streams);
        if (status === false && machine.stopsOnError && streams.sure) machine.ended = true;
      }
      return status;
    }
    case 'and-or': {
      const left = withoutStop(machine, () => execute(machine, command.left, streams));
      const goesOn = command.operator === '&&' ? left : left === null ? null : !left;
      // A command that is not known to fail is taken to succeed: else the build would stop here anyway.
      if (command.operator === '&&' && left !== false) return execute(machine, command.right, streams);
      if (goesOn === false) return left;
      const right = execute(machine, command.right, goesOn === true ? streams : { ...streams, sure: false });
      return left === null ? (right === true ? true : null) : right;
    }
    case 'pipeline': {
      const status = runPipeline(machine, command.commands, streams);
      return command.negated && status !== null ? !status : status;
    }
    case 'group':
      return redirected(machine, command.redirects, streams, substituteIn(machine, streams), (inner) =>
        command.subshell
          ? apart(machine, () => execute(machine, command.body, inner))
          : execute(machine, command.body, inner),
      );
    case 'if':
      return redirected(machine, command.redirects, streams, substituteIn(machine, streams), (inner) =>
        runIf(machine, command, inner),
      );
    case 'for':
      return redirected(machine, command.redirects, streams, substituteIn(machine, streams), (inner) =>
        runFor(machine, command, inner),
      );
    case 'while':
      return redirected(machine, command.redirects, streams, substituteIn(machine, streams), (inner) => {
        const status = withoutStop(machine, () => execute(machine, command.condition, inner));
        if (status !== false) execute(machine, command.body, inner);
        return true;
      });
    case 'case':
      return redirected(machine, command.redirects, streams, substituteIn(machine, streams), (inner) => {
        const subject = expandValue(machine, command.word, substituteIn(machine, inner)).text;
        for (const { patterns, body } of command.arms) {
          const texts = patterns.map(
            (pattern) => expandValue(machine, pattern, substituteIn(machine, inner)).text,
          );
          const plain = subject !== null && texts.every((text) => text !== null && !/[*?[]/.test(text));
          if (plain && texts.includes(subject)) return execute(machine, body, inner);
          if (!plain) execute(machine, body, { ...inner, sure: false });
        }
        return null;
      });
    case 'function':
      machine.functions.set(command.name, command.body);
      return true;
    default:
      return command satisfies never;
  }
}

function runSimple(machine: Machine, command: Command & { kind: 'simple' }, streams: Streams): Status {
  const substitute = substituteIn(machine, streams);
  const [name, ...args] = command.words.flatMap((word) => expandFields(machine, word, substitute));
  const assigned = command.assignments.map(
    ({ name: variable, value }) => [variable, expandValue(machine, value, substitute)] as const,
  );
  if (machine.tracing) {
    const shown = [...assigned.map(([, value]) => value), ...args].map(({ trace }) => trace);
    streams.stderr({ bytes: null, trace: mergeTraces(...shown) });
  }
  const before = machine.variables;
  if (name !== undefined) machine.variables = new Map(before);
  for (const [variable, value] of assigned) machine.variables.set(variable, value);
  const status = redirected(machine, command.redirects, streams, substituteIn(machine, streams), (inner) => {
    if (name === undefined) return true;
    const text = name.text;
    return text === null
      ? notFollowed(machine, 'a command whose name is not known')
      : callCommand(machine, text, args, inner);
  });
  if (name !== undefined) {
    // What a builtin set stays; what stood before the command on its line does not.
    const after = machine.variables;
    for (const [variable, value] of assigned) {
      if (after.get(variable) !== value) continue;
      const old = before.get(variable);
      if (old === undefined) after.delete(variable);
      else after.set(variable, old);
    }
  }
  return status;
}

export function callCommand(
  machine: Machine,
  name: string,
  args: readonly Value[],
  streams: Streams,
): Status {
  const own = machine.functions.get(name);
  if (own !== undefined) {
    const positional = machine.positional;
    machine.positional = args;
    machine.depth += 1;
    const status =
      machine.depth > MAX_DEPTH
        ? notFollowed(machine, `the function ${name}`)
        : execute(machine, own, streams);
    machine.depth -= 1;
    machine.positional = positional;
    return status;
  }
  const call: Call = {
    ...streams,
    stdout: (data) => streams.stdout(data),
    stderr: (data) => streams.stderr(data),
    machine,
    name,
    args,
    fail(message) {
      if (streams.sure) machine.failure = message;
      return false;
    },
    script: (text, other = {}) => runScript(machine, text, { ...streams, ...other }),
    again: (other, rest, changed = {}) => callCommand(machine, other, rest, { ...streams, ...changed }),
  };
  const status = findCommand(machine, name)(call);
  return streams.sure ? status : null;
}

function runPipeline(machine: Machine, commands: readonly Command[], streams: Streams): Status {
  let stdin = streams.stdin;
  let status: Status = true;
  commands.forEach((command, index) => {
    const last = index === commands.length - 1;
    const parts: Data[] = [];
    const inner: Streams = {
      ...streams,
      stdin,
      ...(last ? {} : { stdout: (data: Data) => void parts.push(data) }),
    };
    status = apart(machine, () => execute(machine, command, inner));
    stdin = joinData(parts);
  });
  return status;
}

function runIf(machine: Machine, command: Command & { kind: 'if' }, streams: Streams): Status {
  let sure = streams.sure;
  for (const { condition, body } of command.branches) {
    const status = withoutStop(machine, () => execute(machine, condition, { ...streams, sure }));
    if (status === true) return execute(machine, body, { ...streams, sure });
    if (status === false) continue;
    execute(machine, body, { ...streams, sure: false });
    sure = false;
  }
  if (command.otherwise === null) return sure ? true : null;
  return execute(machine, command.otherwise, { ...streams, sure });
}

function runFor(machine: Machine, command: Command & { kind: 'for' }, streams: Streams): Status {
  const values =
    command.words === null
      ? machine.positional
      : command.words.flatMap((word) => expandFields(machine, word, substituteIn(machine, streams)));
  for (const value of values) {
    machine.variables.set(command.name, value);
    execute(machine, command.body, value.text === null ? { ...streams, sure: false } : streams);
  }
  return true;
}

/** Runs a command substitution in a shell of its own. */
function substituteIn(machine: Machine, streams: Streams): (script: string) => Value {
  return (script) => {
    const parts: Data[] = [];
    apart(machine, () =>
      runScript(machine, script, { ...streams, stdin: null, stdout: (data) => void parts.push(data) }),
    );
    const { bytes, trace } = soften(joinData(parts), true);
    return bytes === null
      ? { text: null, trace }
      : { text: bytes.toString('utf8').replace(/\n+$/, ''), trace };
  };
}

/** A shell of its own: variables and folder come back as they were. */
function apart(machine: Machine, run: () => Status): Status {
  const { variables, folder, tracing, stopsOnError, ended } = machine;
  machine.variables = new Map(variables);
  const status = run();
  Object.assign(machine, { variables, folder, tracing, stopsOnError, ended });
  return status;
}

/** `set -e` does not apply to conditions. */
function withoutStop(machine: Machine, run: () => Status): Status {
  const { stopsOnError } = machine;
  machine.stopsOnError = false;
  const status = run();
  machine.stopsOnError = stopsOnError || machine.stopsOnError;
  return status;
}

const MAX_DEPTH = 25;
