import type { ComposeService } from '../compose.ts';
import type { Stage, StartCommand } from '../image/stage.ts';

/** The words of the process that a container begins with, and whether a shell stands before it. */
export interface StartWords {
  readonly words: readonly string[];
  readonly shellForm: boolean;
  readonly line: number;
}

/** ENTRYPOINT and CMD, and what compose puts in their place; `null` when there is nothing to start. */
export function startWords(stage: Stage, service: ComposeService | null): StartWords | null {
  const entrypoint = override(service?.entrypoint ?? null) ?? stage.entrypoint;
  // Compose with an entry point of its own drops the CMD of the image.
  const inherited = (service?.entrypoint ?? null) === null ? stage.command : null;
  const command = override(service?.command ?? null) ?? inherited;
  const shellForm = entrypoint?.form === 'shell' || (entrypoint === null && command?.form === 'shell');
  const line = (command ?? entrypoint)?.line ?? stage.line;
  if (entrypoint?.form === 'shell') return { words: wordsOf(entrypoint, stage), shellForm, line };
  const words = [...wordsOf(entrypoint, stage), ...wordsOf(command, stage)];
  return words.length === 0 ? null : { words, shellForm: shellForm || command?.form === 'shell', line };
}

const override = (words: readonly string[] | string | null): StartCommand | null =>
  words === null ? null : { form: 'exec', words: typeof words === 'string' ? [words] : words, line: 1 };

const wordsOf = (command: StartCommand | null, stage: Stage): readonly string[] =>
  command === null ? [] : command.form === 'exec' ? command.words : [...stage.shell, ...command.words];
