import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import type { Step } from '../model/step.ts';
import { WorkshopError } from '../model/workshop-error.ts';
import { applyPatch, createPatch, parsePatch, type Patch } from '../store/patches.ts';
import { treeBefore } from '../store/solutions.ts';
import { computeBaseline } from '../store/workspace/baseline.ts';
import { type FileTree, surveyApp, treeOf } from '../store/workspace/file-tree.ts';
import { pathsBetween } from './solution.ts';
import { writeTree } from './verify-tree.ts';

export interface DraftRequest {
  readonly root: string;
  readonly step: Step;
  /** `solution`, `alternatives/NAME` or `mistakes/NAME`. */
  readonly patch: string;
  readonly catalogue: readonly Step[];
  /** `app/` as shipped. */
  readonly baseline: FileTree;
}

export interface Draft {
  /** Absolute folder with the files to edit. */
  readonly app: string;
  /** `continued`: it was there, with what the author had changed. */
  readonly state: 'begun' | 'continued';
}

/** A step's patch as files to edit, below `.workshop/author`. An older draft is gone on with, unless `fresh`. */
export async function openDraft(request: DraftRequest, from: 'fresh' | 'where-it-was'): Promise<Draft> {
  const folder = draftFolder(request);
  const before = await treeBefore(request.step, request.catalogue, request.baseline);
  if (from === 'fresh') await rm(folder, { recursive: true, force: true });
  if (await isThere(folder)) {
    await refuseStale(request, before);
    return { app: join(folder, 'app'), state: 'continued' };
  }
  const patch = await loadPatch(request);
  await writeTree(folder, patch === null ? before : applyPatch(before, patch));
  await writeFile(join(folder, 'draft.json'), JSON.stringify({ before: digestOf(before) }));
  return { app: join(folder, 'app'), state: 'begun' };
}

/** What the author says about a patch; what is left out stays as the patch file has it. */
export interface Header {
  readonly title: string | undefined;
  readonly refusedBy: string | undefined;
}

/** Stores a draft as its patch and answers the patch file and the files that it changes. Throws `DRAFT_…`. */
export async function saveDraft(
  request: DraftRequest,
  said: Header,
): Promise<{ readonly file: string; readonly files: readonly string[] }> {
  const folder = draftFolder(request);
  if (!(await isThere(folder))) throw withoutDraft(request);
  const before = await treeBefore(request.step, request.catalogue, request.baseline);
  await refuseStale(request, before);
  const after = treeOf(await surveyApp(folder));
  const files = pathsBetween(before, after);
  if (files.length === 0) throw unchanged(request, join(folder, 'app'));

  const old = await loadPatch(request);
  const title = said.title ?? old?.title;
  const refusedBy = said.refusedBy ?? old?.refusedBy;
  if (title === undefined) throw withoutTitle(request);
  if (request.patch.startsWith('mistakes/') && refusedBy === undefined) throw withoutRule(request);
  const header = {
    title,
    ...(refusedBy === undefined ? {} : { refusedBy }),
    ...(old === null ? {} : { notes: old.notes }),
  };
  const file = patchFile(request);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, createPatch(before, after, header));
  return { file, files };
}

const draftFolder = ({ root, step, patch }: DraftRequest) =>
  join(root, '.workshop', 'author', basename(step.directory), ...patch.split('/'));

const patchFile = ({ step, patch }: DraftRequest) => join(step.directory, `${patch}.patch`);

async function loadPatch(request: DraftRequest): Promise<Patch | null> {
  const file = patchFile(request);
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null
    ? null
    : parsePatch(text, `steps/${basename(request.step.directory)}/${request.patch}.patch`);
}

/** A draft of another clinic than today's would, when saved, undo what was changed since. */
async function refuseStale(request: DraftRequest, before: FileTree): Promise<void> {
  const text = await readFile(join(draftFolder(request), 'draft.json'), 'utf8').catch(() => '{}');
  const read = draftSchema.safeParse(JSON.parse(text));
  if (!read.success || read.data.before !== digestOf(before)) throw stale(request);
}

function digestOf(tree: FileTree): string {
  return createHash('sha1')
    .update(JSON.stringify(computeBaseline(tree)))
    .digest('hex');
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

const commandOf = ({ step, patch }: DraftRequest) => `npm run author edit ${step.number} ${patch}`;

function withoutDraft(request: DraftRequest): WorkshopError {
  return new WorkshopError('DRAFT_MISSING', `There is no draft of ${request.patch} to save.`, {
    remedy: `Begin one: ${commandOf(request)}`,
  });
}

function unchanged(request: DraftRequest, app: string): WorkshopError {
  return new WorkshopError('DRAFT_UNCHANGED', `The draft of ${request.patch} changes no file.`, {
    remedy: `Change files in ${app}, then npm run author save.`,
  });
}

function stale(request: DraftRequest): WorkshopError {
  return new WorkshopError(
    'DRAFT_STALE',
    `The draft of ${request.patch} began from files that have changed since: app/ as shipped, or an earlier solution.`,
    { remedy: `Keep what you need of it, then begin anew: ${commandOf(request)} -- --fresh` },
  );
}

function withoutTitle({ patch }: DraftRequest): WorkshopError {
  return new WorkshopError('DRAFT_UNTITLED', `${patch} is new, and its title was not said.`, {
    remedy: 'Say what the patch does: npm run author save -- --title "Placeholders everywhere"',
  });
}

function withoutRule({ patch }: DraftRequest): WorkshopError {
  return new WorkshopError(
    'DRAFT_WITHOUT_RULE',
    `${patch} is new, and no rule was named that must refuse it.`,
    {
      remedy: 'Name it: npm run author save -- --title "…" --refused-by topic/problem',
    },
  );
}

const draftSchema = z.object({ before: z.string() });
