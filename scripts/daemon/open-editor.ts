import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { WorkshopError } from '../../model/workshop-error.ts';
import { editorArguments, editorOf } from './editor-command.ts';

/**
 * Opens a file of the workspace in the learner's editor, at a line. Which one is read from SECOND_OPINION_EDITOR,
 * VISUAL or EDITOR, or from the terminal we were started in. Throws `EDITOR_UNKNOWN`, `EDITOR_FAILED`.
 */
export async function openEditor(
  root: string,
  environment: NodeJS.ProcessEnv,
  file: string,
  line?: number,
): Promise<void> {
  const command = editorOf(environment);
  const place = line === undefined ? file : `${file}:${line}`;
  if (command === null) throw unknown(place);
  const { program, args, shell } = editorArguments(command, join(root, file), line, process.platform);
  const child = spawn(program, [...args], {
    stdio: 'ignore',
    detached: true,
    shell,
    // Else a black window stands beside the editor for as long as it runs.
    windowsHide: true,
  });
  child.unref();
  try {
    await once(child, 'spawn');
  } catch (cause) {
    throw failed(command, place, cause);
  }
}

function unknown(place: string): WorkshopError {
  return new WorkshopError('EDITOR_UNKNOWN', `${place} was to be opened, and your editor is not known.`, {
    remedy: 'Open it yourself, or start with your editor named: SECOND_OPINION_EDITOR=code npm start',
  });
}

function failed(command: string, place: string, cause: unknown): WorkshopError {
  return new WorkshopError(
    'EDITOR_FAILED',
    `${place} was to be opened with "${command}", which could not be started.`,
    {
      remedy: 'Open it yourself, or start with the right command: SECOND_OPINION_EDITOR=code npm start',
      cause,
    },
  );
}
