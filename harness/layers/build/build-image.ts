import { type Dockerfile, type Instruction, parseDockerfile } from '../dockerfile/parse.ts';
import { expandVariables } from '../dockerfile/expand.ts';
import { splitPairs, splitWords, unquote } from '../dockerfile/words.ts';
import { type IgnoreRules, IgnoreSyntaxError, parseIgnoreRules } from '../ignore.ts';
import { type BuildEvent, createStage, type Layer, layersOf, type Stage } from '../image/stage.ts';
import { applyInstruction } from './instructions.ts';
import { type Build, PLATFORM_ARGUMENTS } from './build.ts';
import type { BuildInput, ContextFile } from './input.ts';

/** A build as far as it can be known without running it. */
export interface ImageModel {
  readonly dockerfile: Dockerfile;
  readonly stages: readonly Stage[];
  /** The stage that becomes the image; `null` when there is none. */
  readonly final: Stage | null;
  /** The stages that BuildKit builds for it; the others are skipped. */
  readonly reached: ReadonlySet<Stage>;
  /** The layers of the image, the base image's apart, lowest first. */
  readonly layers: readonly Layer[];
  /** Of the reached stages, by line. */
  readonly events: readonly BuildEvent[];
  /** What is sent to the builder, and what the ignore file leaves out. */
  readonly sent: ReadonlyMap<string, ContextFile>;
  readonly ignored: readonly string[];
  readonly input: BuildInput;
}

export function modelImage(input: BuildInput): ImageModel {
  const dockerfile = parseDockerfile(input.dockerfile);
  const problems: BuildEvent[] = [];
  const fail = (line: number, message: string) => void problems.push({ kind: 'build-error', line, message });
  const rules = readRules(input.ignore, (message) => fail(1, message));
  const paths = [...input.context.keys()];
  const ignored = rules === null ? [] : paths.filter((path) => rules.ignores(path));
  const left = new Set(ignored);
  const sent = new Map([...input.context].filter(([path]) => !left.has(path)));
  const build = createBuild(input, sent);

  let stage: Stage | null = null;
  for (const instruction of dockerfile.instructions) {
    if (instruction.keyword === 'FROM') stage = startStage(build, instruction);
    else if (stage !== null) applyInstruction(build, stage, instruction);
    else if (instruction.keyword === 'ARG') readGlobals(build, instruction);
    else fail(instruction.line, `${instruction.keyword} stands before the first FROM.`);
  }
  const final = chooseFinal(build, fail);
  const reached = reachedFrom(final);
  const events = [...problems, ...[...reached].flatMap((each) => each.events)];
  return {
    dockerfile,
    stages: build.stages,
    final,
    reached,
    layers: final === null ? [] : layersOf(final),
    events: events.sort((a, b) => a.line - b.line),
    sent,
    ignored,
    input,
  };
}

function createBuild(input: BuildInput, sent: ReadonlyMap<string, ContextFile>): Build {
  const stages: Stage[] = [];
  return {
    input,
    sent,
    stages,
    globals: new Map(),
    findStage(name, except) {
      const wanted = name.toLowerCase();
      const named = stages.filter((stage) => stage !== except && stage.name.toLowerCase() === wanted).at(-1);
      const numbered = /^\d+$/.test(name) ? stages[Number(name)] : undefined;
      return named ?? (numbered === except ? null : (numbered ?? null));
    },
  };
}

function readRules(text: string | null, fail: (message: string) => void): IgnoreRules | null {
  if (text === null) return null;
  try {
    return parseIgnoreRules(text);
  } catch (error) {
    if (!(error instanceof IgnoreSyntaxError)) throw error;
    fail(`Docker can't read the ignore file: ${error.message}`);
    return null;
  }
}

function startStage(build: Build, instruction: Instruction): Stage {
  const known = (name: string) => build.globals.get(name) ?? PLATFORM_ARGUMENTS[name];
  const [raw = '', as, name = ''] = splitWords(instruction.text);
  const from = expandVariables(raw, known);
  const parent = /^\d+$/.test(from) ? null : build.findStage(from, null);
  const stageName = as?.toLowerCase() === 'as' ? name : '';
  const stage = createStage(build.stages.length, stageName, instruction.line, from, parent);
  build.stages.push(stage);
  if (from === '' || /^:|:$/.test(from)) {
    const message = `FROM ${instruction.text} names no image: is an ARG without a value?`;
    stage.events.push({ kind: 'build-error', line: instruction.line, message });
  }
  return stage;
}

function readGlobals(build: Build, instruction: Instruction): void {
  const known = (name: string) => build.globals.get(name) ?? PLATFORM_ARGUMENTS[name];
  for (const [name, value] of splitPairs(instruction.text, false)) {
    const given = build.input.buildArguments?.[name];
    if (given !== undefined) build.globals.set(name, given);
    else if (value !== null) build.globals.set(name, unquote(expandVariables(value, known)));
  }
}

function chooseFinal(build: Build, fail: (line: number, message: string) => void): Stage | null {
  const { target } = build.input;
  if (target === undefined) {
    if (build.stages.length === 0) fail(1, 'There is no FROM, so there is nothing to build.');
    return build.stages.at(-1) ?? null;
  }
  const stage = build.findStage(target, null);
  if (stage === null) fail(1, `The target stage "${target}" is not in the Dockerfile.`);
  return stage;
}

function reachedFrom(final: Stage | null): Set<Stage> {
  const reached = new Set<Stage>();
  const visit = (stage: Stage) => {
    if (reached.has(stage)) return;
    reached.add(stage);
    stage.needs.forEach(visit);
  };
  if (final !== null) visit(final);
  return reached;
}
