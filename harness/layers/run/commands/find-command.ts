import { posix } from 'node:path';
import { mergeTraces } from '../../trace.ts';
import { absolute, see } from '../filesystem.ts';
import { type KnownCommand, type Machine, notFollowed, reachable } from '../machine.ts';
import { BUILTINS } from './builtins.ts';
import { FILE_COMMANDS } from './files.ts';
import { NODE_COMMANDS } from './node.ts';
import { PACKAGE_COMMANDS } from './packages.ts';
import { QUIET_COMMANDS } from './quiet.ts';
import { TEXT_COMMANDS } from './text.ts';

/** The command of that name; for an unknown one something that says so. */
export function findCommand(machine: Machine, name: string): KnownCommand {
  const plain = name.includes('/') && !OF_THE_SYSTEM.test(name) ? null : posix.basename(name);
  if (plain === null) return scriptAt(machine, absolute(machine, name));
  return KNOWN.get(plain) ?? unknownProgram;
}

const unknownProgram: KnownCommand = (call) => {
  for (const { trace } of [...call.args, ...(call.stdin === null ? [] : [call.stdin])])
    if (trace.size > 0) return notFollowed(call.machine, `"${call.name}"`, trace);
  return notFollowed(call.machine, `"${call.name}"`, reachable(call.machine));
};

/** A script of the learner's, read where it lies. */
function scriptAt(machine: Machine, path: string): KnownCommand {
  return (call) => {
    const node = see(machine, path);
    const text = node?.bytes?.toString('utf8');
    if (text === undefined) return notFollowed(machine, path);
    const [first = ''] = text.split('\n');
    const [, interpreter = '', options = ''] = /^#!\s*(\S+(?:\s+(?:ba|da|a)?sh)?)(.*)$/.exec(first) ?? [];
    if (!/(^$|sh$)/.test(interpreter))
      return notFollowed(machine, path, mergeTraces(reachable(machine), node?.trace));
    const { positional, tracing } = machine;
    machine.positional = call.args;
    if (/-\w*x/.test(options)) machine.tracing = true;
    const status = call.script(text);
    Object.assign(machine, { positional, tracing });
    return status;
  };
}

const KNOWN = new Map<string, KnownCommand>([
  ...Object.entries(QUIET_COMMANDS),
  ...Object.entries(TEXT_COMMANDS),
  ...Object.entries(FILE_COMMANDS),
  ...Object.entries(PACKAGE_COMMANDS),
  ...Object.entries(NODE_COMMANDS),
  ...Object.entries(BUILTINS),
]);

const OF_THE_SYSTEM = /^(\/usr)?(\/local)?\/s?bin\/|\/node_modules\/\.bin\/|^node_modules\/\.bin\//;
