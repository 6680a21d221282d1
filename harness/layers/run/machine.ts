import type { Build } from '../build/build.ts';
import type { FileNode } from '../image/file-node.ts';
import type { Layer, Stage } from '../image/stage.ts';
import type { Command } from '../shell/syntax.ts';
import { doubt, mergeTraces, NO_TRACE, type Trace } from '../trace.ts';

/** A variable or an argument. `text: null`: not known. */
export interface Value {
  readonly text: string | null;
  readonly trace: Trace;
}

/** What flows through a pipe or lies in a file. `bytes: null`: not known. */
export interface Data {
  readonly bytes: Buffer | null;
  readonly trace: Trace;
}

/** How a command ended; `null`: not known. */
export type Status = boolean | null;

/** Where a command reads and writes. */
export interface Streams {
  readonly stdin: Data | null;
  stdout(data: Data): void;
  stderr(data: Data): void;
  /** `false` inside of a branch of which nobody knows whether it is taken. */
  readonly sure: boolean;
}

/** The state of one RUN instruction. */
export interface Machine {
  readonly build: Build;
  readonly stage: Stage;
  readonly layer: Layer;
  readonly line: number;
  readonly user: string;
  readonly mounts: Map<string, FileNode>;
  /** Folders whose contents stay out of the layer: caches, secrets, binds, tmpfs. */
  readonly passing: string[];
  readonly functions: Map<string, Command>;
  variables: Map<string, Value>;
  positional: readonly Value[];
  folder: string;
  /** Inside of an npm script: programs of node_modules/.bin are found by name. */
  findsLocalPrograms: boolean;
  /** `set -x`: commands are printed. */
  tracing: boolean;
  /** `set -e`. */
  stopsOnError: boolean;
  /** The script has ended by itself: nothing after it runs. */
  ended: boolean;
  /** Why the last command that certainly failed did. */
  failure: string | null;
  depth: number;
}

/** A command that the model knows, called. */
export interface Call extends Streams {
  readonly machine: Machine;
  readonly name: string;
  readonly args: readonly Value[];
  /** Says why and answers `false`. */
  fail(message: string): false;
  /** Runs a script in this machine, with this call's streams or others. */
  script(text: string, streams?: Partial<Streams>): Status;
  /** Runs another command. */
  again(name: string, args: readonly Value[], streams?: Partial<Streams>): Status;
}

export type KnownCommand = (call: Call) => Status;

export const plainValue = (text: string): Value => ({ text, trace: NO_TRACE });

/** Known text with what it carries; a piece of a value makes it a possible carrier. */
export function valueOfText(machine: Machine, text: string): Value {
  const { secrets } = machine.build.input;
  return { text, trace: mergeTraces(secrets.find(text), secrets.findPieces(text)) };
}

export function dataOfText(machine: Machine, text: string): Data {
  return { bytes: Buffer.from(text), trace: valueOfText(machine, text).trace };
}

export function joinData(parts: readonly Data[]): Data {
  const known = parts.flatMap(({ bytes }) => (bytes === null ? [] : [bytes]));
  return {
    bytes: known.length === parts.length ? Buffer.concat(known) : null,
    trace: mergeTraces(...parts.map(({ trace }) => trace)),
  };
}

export const soften = (data: Data, sure: boolean): Data =>
  sure ? data : { ...data, trace: doubt(data.trace) };

/** Something ran that can't be followed: what it may have written or printed is not known from here on. */
export function notFollowed(machine: Machine, what: string, reach: Trace = reachable(machine)): null {
  machine.stage.events.push({ kind: 'not-followed', line: machine.line, what, secrets: [...reach.keys()] });
  machine.stage.blurred ??= { line: machine.line, what };
  return null;
}

/** Every secret that a program could get at: in variables, mounts and files. */
export function reachable(machine: Machine): Trace {
  return mergeTraces(
    ...[...machine.variables.values()].map(({ trace }) => trace),
    ...[...machine.mounts.values()].map(({ trace }) => trace),
    ...[...machine.stage.files.values()].map(({ trace }) => trace),
  );
}
