import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Step } from '../model/step.ts';
import { WorkshopError } from '../model/workshop-error.ts';

/** Markdown as written. `hints` are mildest first, each with its own `## ` heading. */
export interface StepContent {
  readonly guide: string;
  readonly hints: readonly string[];
  readonly discussion: string;
}

/** The texts of a step. Throws `STEP_TEXT_MISSING` naming the file. */
export async function loadStepContent(step: Step): Promise<StepContent> {
  const [guide, hints, discussion] = await Promise.all([
    loadText(step, 'guide.md'),
    loadText(step, 'hints.md'),
    loadText(step, 'discussion.md'),
  ]);
  return { guide, hints: splitHints(hints), discussion };
}

async function loadText(step: Step, name: string): Promise<string> {
  try {
    return (await readFile(join(step.directory, name), 'utf8')).replaceAll('\r\n', '\n');
  } catch (cause) {
    const file = `steps/${basename(step.directory)}/${name}`;
    throw new WorkshopError('STEP_TEXT_MISSING', `${file} was to be read and could not be.`, {
      remedy: `Write ${file}, or bring it back with \`git checkout -- ${file}\`.`,
      cause,
    });
  }
}

/** A `## ` inside a fenced block is code, not a heading; what stands before the first heading is no hint. */
function splitHints(text: string): string[] {
  const hints: string[][] = [];
  let fence: string | null = null;
  for (const line of text.split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === null && line.startsWith('## ')) hints.push([]);
    if (mark !== undefined && fence === null) fence = mark;
    else if (mark !== undefined && fence !== null && mark.startsWith(fence)) fence = null;
    hints.at(-1)?.push(line);
  }
  return hints.map((lines) => lines.join('\n').trim());
}
