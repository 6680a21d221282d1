import { posix } from 'node:path';
import { contextNode } from '../build/context-node.ts';
import { type Build, PLATFORM_ARGUMENTS } from '../build/build.ts';
import type { Instruction } from '../dockerfile/parse.ts';
import { expandVariables } from '../dockerfile/expand.ts';
import { addLayer, resolvePath, type Stage } from '../image/stage.ts';
import { callCommand, runScript } from './execute.ts';
import { notFollowed, type Data, type Machine, type Status, type Streams, valueOfText } from './machine.ts';

/** RUN: reads its text and follows it as far as the commands are known. */
export function runInstruction(build: Build, stage: Stage, instruction: Instruction): void {
  const { line, text, json } = instruction;
  const fail = (message: string) => void stage.events.push({ kind: 'build-error', line, message });
  const layer = addLayer(
    stage,
    line,
    'RUN',
    `RUN ${shownArguments(stage)}${shownCommand(stage, instruction)}`,
    false,
  );
  const machine: Machine = {
    build,
    stage,
    layer,
    line,
    user: stage.user.split(':')[0] ?? '',
    mounts: new Map(),
    passing: [],
    functions: new Map(),
    variables: new Map(),
    positional: [],
    folder: stage.workdir,
    findsLocalPrograms: false,
    tracing: json === null && stage.shell.slice(1).some((word) => /^-\w*x|^xtrace$/.test(word)),
    stopsOnError: json === null && stage.shell.slice(1).some((word) => /^-\w*e/.test(word)),
    ended: false,
    failure: null,
    depth: 0,
  };
  for (const [name, value] of [...stage.arguments, ...stage.environment])
    machine.variables.set(name, valueOfText(machine, value));
  for (const flag of instruction.flags) if (flag.name === 'mount') mount(machine, flag.value, fail);
  if (json === null && !hasShell(stage))
    return fail(`RUN needs a shell, and there is none in ${stage.from}.`);
  const status = start(machine, instruction, logStreams(machine));
  if (status === false) fail(`${machine.failure ?? `RUN ${text}`}.`);
}

function start(machine: Machine, { text, json, heredocs, script }: Instruction, streams: Streams): Status {
  if (json !== null) {
    const [name = '', ...args] = json;
    return callCommand(
      machine,
      name,
      args.map((arg) => valueOfText(machine, arg)),
      streams,
    );
  }
  const [program = ''] = machine.stage.shell;
  if (!/(^|\/)(ba|da|a|z|k)?sh$/.test(program)) return notFollowed(machine, `SHELL ${program}`);
  const [only] = heredocs;
  if (only === undefined || !IS_SCRIPT.test(text)) return runScript(machine, script, streams);
  const [, interpreter = 'sh', options = ''] = /^#!\s*(\S+(?:\s+\w*sh)?)(.*)/.exec(only.body) ?? [];
  if (!/sh$/.test(interpreter)) return notFollowed(machine, `a script for ${interpreter}`);
  machine.tracing ||= /-\w*x/.test(options);
  machine.stopsOnError ||= /-\w*e/.test(options);
  return runScript(machine, only.body, streams);
}

/** What is printed ends in the build's output. */
function logStreams(machine: Machine): Streams {
  const print = ({ bytes, trace }: Data) => {
    void bytes;
    for (const [secret, how] of trace)
      machine.stage.events.push({
        kind: 'printed',
        line: machine.line,
        secret,
        how: 'printed',
        certain: how === 'certain',
      });
  };
  return { stdin: null, stdout: print, stderr: print, sure: true };
}

function mount(machine: Machine, value: string, fail: (message: string) => void): void {
  const expand = (text: string) =>
    expandVariables(text, (name) => machine.variables.get(name)?.text ?? undefined);
  const options = new Map(
    value
      .split(',')
      .map((part) => [part.split('=')[0]?.toLowerCase() ?? '', expand(part.slice(part.indexOf('=') + 1))]),
  );
  const target = options.get('target') ?? options.get('dst') ?? options.get('destination');
  const at = (path: string) => resolvePath(machine.stage.workdir, path);
  switch (options.get('type') ?? 'bind') {
    case 'secret': {
      const id = options.get('id') ?? (target === undefined ? 'secret' : posix.basename(target));
      const bytes = machine.build.input.secretMount(id);
      const trace = machine.build.input.secrets.find(bytes);
      const variable = options.get('env');
      if (variable !== undefined) machine.variables.set(variable, { text: bytes.toString('utf8'), trace });
      if (variable !== undefined && target === undefined) return;
      const path = at(target ?? `/run/secrets/${id}`);
      machine.mounts.set(path, {
        bytes,
        size: bytes.length,
        trace,
        origin: { kind: 'tool', tool: 'mount' },
        owner: 'root',
        mode: 0o400,
      });
      machine.passing.push(path);
      return;
    }
    case 'cache':
    case 'tmpfs':
      if (target !== undefined) machine.passing.push(at(target));
      return;
    case 'bind':
      return bind(machine, options, at(target ?? '/'), fail);
    case 'ssh':
      return;
    default:
      return fail(`RUN --mount: there is no type "${options.get('type') ?? ''}".`);
  }
}

function bind(
  machine: Machine,
  options: ReadonlyMap<string, string>,
  target: string,
  fail: (message: string) => void,
): void {
  const from = options.get('from');
  const other = from === undefined ? null : machine.build.findStage(from, machine.stage);
  machine.passing.push(target);
  if (from !== undefined && other === null) {
    machine.stage.blurred ??= { line: machine.line, what: `files of the image ${from}` };
    return;
  }
  if (other !== null) machine.stage.needs.add(other);
  const source = resolvePath('/', options.get('source') ?? options.get('src') ?? '/').slice(1);
  const files =
    other === null ? [...machine.build.sent.keys()] : [...other.files.keys()].map((path) => path.slice(1));
  const there = files.filter((path) => source === '' || path === source || path.startsWith(`${source}/`));
  if (there.length === 0 && source !== '')
    fail(`RUN --mount=type=bind: ${source} is not in the ${other === null ? 'build context' : 'stage'}.`);
  for (const path of there) {
    const node = other === null ? contextNode(machine.build, path) : other.files.get(`/${path}`);
    const place =
      path === source ? target : resolvePath(target, source === '' ? path : path.slice(source.length + 1));
    if (node !== undefined) machine.mounts.set(place, node);
  }
}

const hasShell = (stage: Stage) =>
  stage.base.hasShell ||
  stage.blurred !== null ||
  ['/bin/sh', '/bin/bash', '/busybox/sh'].some((path) => stage.files.has(path));

function shownArguments(stage: Stage): string {
  const shown = [...stage.arguments].filter(([name]) => !(name in PLATFORM_ARGUMENTS));
  return shown.length === 0 ? '' : `|${shown.length} ${shown.map((pair) => pair.join('=')).join(' ')} `;
}

function shownCommand(stage: Stage, { json, script, text, heredocs }: Instruction): string {
  if (json !== null) return json.join(' ');
  const [only] = heredocs;
  const whole = only !== undefined && IS_SCRIPT.test(text) ? only.body : script;
  return `${stage.shell.join(' ')} ${whole.trimEnd()}`;
}

/** Nothing but the opening of a heredoc: its body is the script. */
const IS_SCRIPT = /^<<-?\s*(['"]?)[\w.-]+\1\s*$/;
