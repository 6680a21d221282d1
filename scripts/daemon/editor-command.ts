import { posix, win32 } from 'node:path';

/** Only an editor with a window of its own: one that needs the terminal would fight with us for it. */
export function editorOf(environment: NodeJS.ProcessEnv): string | null {
  const wished = environment['SECOND_OPINION_EDITOR'];
  if (wished !== undefined && wished !== '') return wished;
  const usual = [environment['VISUAL'], environment['EDITOR']];
  const found = usual.find((command) => command !== undefined && formOf(command) !== undefined);
  return found ?? (environment['TERM_PROGRAM'] === 'vscode' ? 'code' : null);
}

export interface EditorCall {
  readonly program: string;
  readonly args: readonly string[];
  /** On Windows `code` is a batch file, which only a shell starts; elsewhere nothing goes through one. */
  readonly shell: boolean;
}

/** How a file is opened at a line. A shell gets every word quoted: a path may hold blanks and `&`. */
export function editorArguments(
  command: string,
  path: string,
  line: number | undefined,
  platform: NodeJS.Platform,
): EditorCall {
  const args = line === undefined ? [path] : (formOf(command)?.(path, line) ?? [path]);
  if (platform !== 'win32') return { program: command, args, shell: false };
  return { program: quoted(command), args: args.map(quoted), shell: true };
}

type Form = (path: string, line: number) => string[];

function formOf(command: string): Form | undefined {
  const name = (command.includes('\\') ? win32 : posix).basename(command).replace(/\.(cmd|exe)$/i, '');
  return FORMS.find(({ names }) => names.includes(name))?.form;
}

/** No path on Windows holds a quotation mark. */
const quoted = (word: string) => (/[\s&^|<>()%!;,=]/.test(word) ? `"${word}"` : word);

const FORMS: readonly { readonly names: readonly string[]; readonly form: Form }[] = [
  {
    names: ['code', 'code-insiders', 'codium', 'cursor', 'windsurf'],
    form: (path, line) => ['--goto', `${path}:${line}`],
  },
  { names: ['subl', 'zed'], form: (path, line) => [`${path}:${line}`] },
  { names: ['idea', 'webstorm'], form: (path, line) => ['--line', String(line), path] },
  { names: ['mate', 'gedit', 'kate'], form: (path, line) => [`+${line}`, path] },
];
