import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { WorkshopError } from '../model/workshop-error.ts';
import type { DraftRequest } from '../runner/author-draft.ts';
import { findStep, loadCatalogue } from '../store/catalogue.ts';
import { openWorkspace } from '../store/workspace/workspace.ts';
import { usageError } from './usage-error.ts';

/** Which patch of which step `7 mistakes/strip-quotes` means. */
export async function draftRequest(
  root: string,
  words: readonly string[],
  usage: string,
): Promise<DraftRequest> {
  const [wanted, named] = words;
  if (wanted === undefined || named === undefined)
    throw usageError('Both a step and a patch are needed.', usage);
  const patch = named.replace(/\.patch$/, '');
  if (!PATCH.test(patch)) throw usageError(`"${named}" names no patch of a step.`, usage);
  const catalogue = await loadCatalogue(root);
  const step = findStep(catalogue, wanted);
  const baseline = await (await openWorkspace({ root })).baseline();
  return { root, step, patch, catalogue, baseline };
}

/** `author save` without words means what was edited last. */
export async function rememberDraft({ root, step, patch }: DraftRequest): Promise<void> {
  await mkdir(dirname(fileOf(root)), { recursive: true });
  await writeFile(fileOf(root), JSON.stringify([step.slug, patch]));
}

export async function rememberedDraft(root: string): Promise<readonly string[]> {
  const text = await readFile(fileOf(root), 'utf8').catch(() => 'null');
  const read = z.tuple([z.string(), z.string()]).safeParse(JSON.parse(text));
  if (read.success) return read.data;
  throw new WorkshopError('DRAFT_MISSING', 'Nothing was edited yet, so there is nothing to save.', {
    remedy: 'Begin a patch: npm run author edit 7 solution',
  });
}

const fileOf = (root: string) => join(root, '.workshop', 'author', 'latest.json');
const PATCH = /^(solution|(alternatives|mistakes)\/[a-z0-9]+(-[a-z0-9]+)*)$/;
