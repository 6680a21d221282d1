import { nearest } from '../store/nearest.ts';
import { renderError } from './terminal/render-error.ts';
import type { Terminal } from './terminal/terminal.ts';
import { usageError } from './usage-error.ts';
import { VERBS } from './verbs.ts';

/** Runs one command and answers its exit code. Errors are printed, never thrown: 2, whatever went wrong on our side. */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const [verb = 'help', ...rest] = args;
  try {
    if (HELP.includes(verb)) {
      terminal.out(renderHelp());
      return 0;
    }
    if (!Object.hasOwn(VERBS, verb)) throw unknownVerb(verb);
    const command = await VERBS[verb]?.load();
    return (await command?.run(rest, terminal)) ?? 2;
  } catch (error) {
    terminal.note(renderError(error, terminal));
    return 2;
  }
}

function renderHelp(): string {
  const widest = Math.max(...Object.keys(VERBS).map((verb) => verb.length));
  const lines = Object.entries(VERBS).map(
    ([verb, { summary }]) => `  npm run ${verb.padEnd(widest)}  ${summary}`,
  );
  return [HEADING, ...lines, '', DETAILS].join('\n');
}

function unknownVerb(verb: string) {
  const guess = nearest(verb, Object.keys(VERBS));
  const meant = guess === undefined ? '' : ` Did you mean "${guess}"?`;
  return usageError(`There is no command "${verb}".${meant}`, 'Run `npm run` to see every command.');
}

const HELP = ['help', '--help', '-h'];
const HEADING = 'Second Opinion: a clinic works, and yet ten things are wrong with it.\n';
const DETAILS = 'What a command takes: npm run <command> -- --help';
