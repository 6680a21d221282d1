import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Step } from '../model/step.ts';
import { WorkshopError } from '../model/workshop-error.ts';
import { errnoOf } from './disk-error.ts';
import { applyPatch, parsePatch, type Patch } from './patches.ts';
import { type LineRange, mergeTexts } from './three-way-merge.ts';
import { textOf } from './unified-diff.ts';
import type { FileTree } from './workspace/file-tree.ts';

/** Each in the order of its file name. */
export interface StepPatches {
  /** `null` while the step has none. */
  readonly solution: Patch | null;
  readonly alternatives: readonly Patch[];
  /** Each names the rule that must refuse it. */
  readonly mistakes: readonly Patch[];
}

/** All or nothing: where both sides changed the same lines, nothing is to be written. */
export type Merge =
  | { readonly outcome: 'merged'; readonly changes: ReadonlyMap<string, Buffer | null> }
  | { readonly outcome: 'conflicts'; readonly conflicts: readonly MergeConflict[] };

export interface MergeConflict {
  readonly file: string;
  /** Lines of mine; `null` when the whole file is at odds. */
  readonly lines: LineRange | null;
  /** Completes "could not be put together: …". */
  readonly reason: string;
}

/** Throws `PATCH_BROKEN`, also for a mistake that names no rule. */
export async function loadPatches(step: Step): Promise<StepPatches> {
  const [solution, alternatives, mistakes] = await Promise.all([
    loadSolution(step),
    loadFolder(step, 'alternatives'),
    loadFolder(step, 'mistakes'),
  ]);
  for (const patch of mistakes) if (patch.refusedBy === undefined) throw withoutRule(patch);
  return { solution, alternatives, mistakes };
}

/** The reference solution alone; `null` while the step has none. Throws `PATCH_BROKEN`. */
export async function loadSolution(step: Step): Promise<Patch | null> {
  return loadPatch(step, 'solution.patch');
}

/** What a step's patches apply to: the baseline with the solutions of all steps of a lower number. */
export async function treeBefore(
  step: Step,
  catalogue: readonly Step[],
  baseline: FileTree,
): Promise<FileTree> {
  const earlier = catalogue.filter((other) => other.number < step.number).sort((a, b) => a.number - b.number);
  const solutions = await Promise.all(earlier.map(loadSolution));
  return solutions.reduce(
    (tree, solution) => (solution === null ? tree : applyPatch(tree, solution)),
    baseline,
  );
}

/** `treeBefore` with the step's own solution. Throws `SOLUTION_MISSING`. */
export async function solved(step: Step, catalogue: readonly Step[], baseline: FileTree): Promise<FileTree> {
  return solvedFrom(await treeBefore(step, catalogue, baseline), step);
}

/** The step's own solution on top of what `treeBefore` gave. Throws `SOLUTION_MISSING`. */
export async function solvedFrom(before: FileTree, step: Step): Promise<FileTree> {
  const solution = await loadSolution(step);
  if (solution === null) throw withoutSolution(step);
  return applyPatch(before, solution);
}

/** What to write to mine so that it also holds what theirs changed in base. */
export function mergeSolution(mine: FileTree, base: FileTree, theirs: FileTree): Merge {
  const paths = [...new Set([...base.keys(), ...theirs.keys()])].sort();
  const changes = new Map<string, Buffer | null>();
  const conflicts: MergeConflict[] = [];
  for (const path of paths) {
    const sides = { mine: mine.get(path), base: base.get(path), theirs: theirs.get(path) };
    if (same(sides.base, sides.theirs) || same(sides.mine, sides.theirs)) continue;
    if (same(sides.mine, sides.base)) changes.set(path, sides.theirs ?? null);
    else mergeFile(path, sides, changes, conflicts);
  }
  return conflicts.length > 0 ? { outcome: 'conflicts', conflicts } : { outcome: 'merged', changes };
}

type Side = Buffer | undefined;

function mergeFile(
  file: string,
  sides: { readonly mine: Side; readonly base: Side; readonly theirs: Side },
  changes: Map<string, Buffer | null>,
  conflicts: MergeConflict[],
): void {
  const [mine, base, theirs] = [textOf(sides.mine), textOf(sides.base), textOf(sides.theirs)];
  const reason = wholeFileReason(sides);
  if (reason !== null) conflicts.push({ file, lines: null, reason });
  else if (mine === null || base === null || theirs === null)
    conflicts.push({ file, lines: null, reason: NO_TEXT });
  else {
    const merged = mergeTexts(mine, base, theirs);
    if ('text' in merged) changes.set(file, Buffer.from(merged.text));
    else conflicts.push(...merged.conflicts.map((lines) => ({ file, lines, reason: SAME_LINES })));
  }
}

function wholeFileReason({ mine, base, theirs }: { mine: Side; base: Side; theirs: Side }): string | null {
  if (theirs === undefined) return 'the solution deletes the file, and you changed it';
  if (mine === undefined) return 'the solution changes the file, and you deleted it';
  return base === undefined ? 'the solution makes the file, and you made one of that name' : null;
}

function same(one: Side, other: Side): boolean {
  return one === undefined ? other === undefined : other !== undefined && one.equals(other);
}

async function loadFolder(step: Step, folder: string): Promise<Patch[]> {
  const names = (await readdir(join(step.directory, folder)).catch(none)) ?? [];
  const patches = names
    .filter((name) => name.endsWith('.patch'))
    .sort()
    .map((name) => loadPatch(step, `${folder}/${name}`));
  return (await Promise.all(patches)).filter((patch) => patch !== null);
}

async function loadPatch(step: Step, name: string): Promise<Patch | null> {
  const text = await readFile(join(step.directory, name), 'utf8').catch(none);
  return text === null ? null : parsePatch(text, `steps/${basename(step.directory)}/${name}`);
}

function none(cause: unknown): null {
  if (errnoOf(cause) === 'ENOENT') return null;
  throw cause;
}

function withoutRule(patch: Patch): WorkshopError {
  return new WorkshopError(
    'PATCH_BROKEN',
    `${patch.file}: expected a header line \`Refused-by: topic/problem\`, found none`,
    {
      remedy: 'Name the rule that must refuse this mistake, then run `npm run author verify`.',
    },
  );
}

function withoutSolution(step: Step): WorkshopError {
  const file = `steps/${basename(step.directory)}/solution.patch`;
  return new WorkshopError(
    'SOLUTION_MISSING',
    `The solution of step ${step.number} was wanted, and there is no ${file}.`,
    {
      remedy: `Write it: \`npm run author edit ${step.number} solution\`, then \`npm run author save\`.`,
    },
  );
}

const NO_TEXT = 'it is no text';
const SAME_LINES = 'you and the solution changed the same lines';
