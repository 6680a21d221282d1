import type { Terminal } from './terminal/terminal.ts';

export interface Command {
  /** `args` is what follows the verb. Answers the exit code; throws `WorkshopError` for what can be explained. */
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}
