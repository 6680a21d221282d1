import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Step } from '../model/step.ts';
import { WorkshopError } from '../model/workshop-error.ts';
import { headedSections } from './headed-sections.ts';

/** Markdown as written. `hints` are mildest first, each with its own `## ` heading. */
export interface StepContent {
  readonly guide: string;
  readonly hints: readonly string[];
  readonly discussion: string;
  /** `null` when nobody has written it; `parseFacilitatorNotes` reads it. */
  readonly facilitator: string | null;
}

/** Where a step's texts are. */
export const stepTexts = ({ directory }: Step): readonly string[] =>
  ['guide.md', 'hints.md', 'discussion.md', 'facilitator.md'].map((name) => join(directory, name));

/** The texts of a step. Throws `STEP_TEXT_MISSING` naming the file. */
export async function loadStepContent(step: Step): Promise<StepContent> {
  const [guide, hints, discussion, facilitator] = await Promise.all([
    loadText(step, 'guide.md'),
    loadText(step, 'hints.md'),
    loadText(step, 'discussion.md'),
    loadTextIfThere(step, 'facilitator.md'),
  ]);
  return { guide, hints: headedSections(hints).map(({ text }) => text), discussion, facilitator };
}

async function loadText(step: Step, name: string): Promise<string> {
  try {
    return await readLines(step, name);
  } catch (cause) {
    const file = `steps/${basename(step.directory)}/${name}`;
    throw new WorkshopError('STEP_TEXT_MISSING', `${file} was to be read and could not be.`, {
      remedy: `Write ${file}, or bring it back with \`git checkout -- ${file}\`.`,
      cause,
    });
  }
}

async function loadTextIfThere(step: Step, name: string): Promise<string | null> {
  return readLines(step, name).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    return loadText(step, name);
  });
}

async function readLines(step: Step, name: string): Promise<string> {
  return (await readFile(join(step.directory, name), 'utf8')).replaceAll('\r\n', '\n');
}
