import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { editorPath } from '../../docs/server/editor-path.ts';
import type { Step } from '../../model/step.ts';
import { WorkshopError } from '../../model/workshop-error.ts';
import { chosenStep } from '../chosen-steps.ts';
import { parseCommandLine } from '../command-line.ts';
import { openEditor } from '../daemon/open-editor.ts';
import { createReleasers } from '../releasers.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { usageError } from '../usage-error.ts';
import { openWorkshop } from '../workshop.ts';
import { workshopRoot } from '../workshop-root.ts';

/** Opens a file of the clinic in the learner's editor; without one, the file in which the step's flaw is. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { words, help } = parseCommandLine(args, GRAMMAR);
  if (help) return (terminal.out(USAGE), 0);
  const releasers = createReleasers();
  try {
    const root = workshopRoot();
    const [stepWord, placeWord] = words[0]?.includes('/') === true ? [undefined, words[0]] : words;
    if (placeWord === undefined || words.length === 2) {
      const { catalogue, progress } = await openWorkshop(root, releasers);
      const step = chosenStep(stepWord, catalogue, progress);
      return await open(root, placeWord ?? firstFile(step), terminal);
    }
    return await open(root, placeWord, terminal);
  } finally {
    await releasers.closeAll();
  }
}

async function open(root: string, place: string, terminal: Terminal): Promise<number> {
  const [, file = '', digits] = /^(.*?)(?::(\d+))?(?::\d+)?$/.exec(place) ?? [];
  const line = digits === undefined ? undefined : Number(digits);
  if (!editorPath.safeParse(file).success || line === 0) {
    throw usageError(`A file below app/ was to be named, with a line from 1, and "${place}" is none.`, USAGE);
  }
  const found = await stat(join(root, file)).catch(() => null);
  if (found?.isFile() !== true) throw missing(file);
  await openEditor(root, terminal.environment, file, line);
  terminal.out(`Opened ${place} in your editor.`);
  return 0;
}

/** A step may name a folder, which is the place for files that are still to be written. */
function firstFile({ files }: Step): string {
  return files.find((file) => !file.endsWith('/')) ?? files[0] ?? '';
}

function missing(file: string): WorkshopError {
  return new WorkshopError('FILE_MISSING', `${file} was to be opened, and there is no such file.`, {
    remedy:
      'Name one that is there, or bring it back: `npm run undo`, or `npm run reset` for the whole step.',
  });
}

const USAGE = `Type it like this: npm run open [step] [file[:line]]
  a step is a number or a slug: 7, sql-injection; without one, the step you are at
  a file is below app/: app/src/views/search.ts:42; without one, the first file of the step
  your editor is read from SECOND_OPINION_EDITOR, VISUAL or EDITOR`;
const GRAMMAR = { usage: USAGE, options: {}, words: { least: 0, most: 2 } } as const;
