import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename, join } from 'node:path';
import { WorkshopError } from '../../model/workshop-error.ts';

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
  const child = spawn(command, argumentsFor(command, join(root, file), line), {
    stdio: 'ignore',
    detached: true,
    // On Windows `code` is a batch file, which only a shell starts; elsewhere nothing goes through one.
    shell: process.platform === 'win32',
  });
  child.unref();
  try {
    await once(child, 'spawn');
  } catch (cause) {
    throw failed(command, place, cause);
  }
}

/** Only an editor with a window of its own: one that needs the terminal would fight with us for it. */
function editorOf(environment: NodeJS.ProcessEnv): string | null {
  const wished = environment['SECOND_OPINION_EDITOR'];
  if (wished !== undefined && wished !== '') return wished;
  const usual = [environment['VISUAL'], environment['EDITOR']];
  const found = usual.find((command) => command !== undefined && formOf(command) !== undefined);
  return found ?? (environment['TERM_PROGRAM'] === 'vscode' ? 'code' : null);
}

function argumentsFor(command: string, path: string, line: number | undefined): string[] {
  if (line === undefined) return [path];
  return formOf(command)?.(path, line) ?? [path];
}

type Form = (path: string, line: number) => string[];

function formOf(command: string): Form | undefined {
  const name = basename(command).replace(/\.(cmd|exe)$/i, '');
  return FORMS.find(({ names }) => names.includes(name))?.form;
}

const FORMS: readonly { readonly names: readonly string[]; readonly form: Form }[] = [
  {
    names: ['code', 'code-insiders', 'codium', 'cursor', 'windsurf'],
    form: (path, line) => ['--goto', `${path}:${line}`],
  },
  { names: ['subl', 'zed'], form: (path, line) => [`${path}:${line}`] },
  { names: ['idea', 'webstorm'], form: (path, line) => ['--line', String(line), path] },
  { names: ['mate', 'gedit', 'kate'], form: (path, line) => [`+${line}`, path] },
];

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
