import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Step } from '../model/step.ts';
import { WorkshopError } from '../model/workshop-error.ts';
import { parseFacilitatorNotes } from '../store/facilitator-notes.ts';
import { loadPatches, type StepPatches } from '../store/solutions.ts';
import { loadStepContent } from '../store/step-content.ts';
import type { FileTree } from '../store/workspace/file-tree.ts';
import { missingSections, PLACEHOLDER } from './verify-sections.ts';

/** What is missing in a step's folder, each in one line; empty when everything is there. */
export async function formFaults(step: Step, baseline: FileTree): Promise<readonly string[]> {
  const onDisk = await Promise.all([textFaults(step), patchFaults(step), testFaults(step)]);
  return [...onDisk.flat(), ...fileFaults(step, baseline)];
}

async function textFaults(step: Step): Promise<string[]> {
  const content = await explained(() => loadStepContent(step));
  if (typeof content === 'string') return [content];
  const { guide, hints, discussion, facilitator } = content;
  const notes = await explained(async () => parseFacilitatorNotes(facilitator ?? '', 'facilitator.md'));
  const texts = {
    'step.json': step.summary,
    'guide.md': guide,
    'hints.md': hints.join('\n'),
    'discussion.md': discussion,
    ...(facilitator === null ? {} : { 'facilitator.md': facilitator }),
  };
  return [
    ...missingSections('guide.md', guide).map(withoutSection('guide.md')),
    ...missingSections('discussion.md', discussion).map(withoutSection('discussion.md')),
    ...tooFew('hints.md', hints.length, LEAST.hints, 'hints (headings that begin with `## `)'),
    ...(facilitator === null || typeof notes !== 'string' ? [] : [notes]),
    ...Object.entries(texts).flatMap(([file, text]) => placeholders(file, text)),
  ];
}

async function patchFaults(step: Step): Promise<string[]> {
  const patches = await explained<StepPatches>(() => loadPatches(step));
  // The patch that can't be read is named by the claims, which need it.
  if (typeof patches === 'string') return [];
  return [
    ...(patches.solution === null ? ['solution.patch is missing'] : []),
    ...tooFew('alternatives/', patches.alternatives.length, LEAST.alternatives, 'patches'),
    ...tooFew('mistakes/', patches.mistakes.length, LEAST.mistakes, 'patches'),
  ];
}

async function testFaults(step: Step): Promise<string[]> {
  const there = await stat(join(step.directory, 'step.test.ts')).catch(() => null);
  return there === null ? ['step.test.ts is missing'] : [];
}

/** `app/migrations/` names a folder. */
function fileFaults(step: Step, baseline: FileTree): string[] {
  const paths = [...baseline.keys()];
  const isThere = (file: string) =>
    file.endsWith('/') ? paths.some((path) => path.startsWith(file)) : paths.includes(file);
  return step.files
    .filter((file) => !isThere(file))
    .map((file) => `step.json: files names ${file}, and the clinic as shipped has no such file`);
}

const withoutSection = (file: string) => (heading: string) => `${file} has no section "${heading}"`;

function tooFew(place: string, found: number, least: number, what: string): string[] {
  return found >= least ? [] : [`${place}: expected at least ${least} ${what}, found ${found}`];
}

function placeholders(file: string, text: string): string[] {
  const lines = text.split('\n').filter((line) => line.includes(PLACEHOLDER));
  return lines.map((line) => `${file}: ${line.trim()}`);
}

async function explained<T>(load: () => Promise<T>): Promise<T | string> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof WorkshopError) return error.message;
    throw error;
  }
}

const LEAST = { hints: 3, alternatives: 3, mistakes: 5 };
