import { nearest } from '../../store/nearest.ts';
import type { Command } from '../command.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { usageError } from '../usage-error.ts';

/** What an author of steps needs; each is a command of its own. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const [word = '--help', ...rest] = args;
  if (word === '--help' || word === '-h') return (terminal.out(USAGE), 0);
  if (!Object.hasOwn(COMMANDS, word)) throw unknown(word);
  const command = await COMMANDS[word]?.();
  return (await command?.run(rest, terminal)) ?? 2;
}

function unknown(word: string) {
  const guess = nearest(word, Object.keys(COMMANDS));
  return usageError(
    `There is no command "author ${word}".${guess === undefined ? '' : ` Did you mean "author ${guess}"?`}`,
    USAGE,
  );
}

const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  new: () => import('./author/new.ts'),
  verify: () => import('./author/verify.ts'),
  edit: () => import('./author/edit.ts'),
  save: () => import('./author/save.ts'),
  baseline: () => import('./author/baseline.ts'),
  packages: () => import('./author/packages.ts'),
  xray: () => import('./author/xray.ts'),
  advisories: () => import('./author/advisories.ts'),
};

const USAGE = `Type one of these:
  npm run author new SLUG               a folder for a new step, every file in place
  npm run author verify [step …|all]    prove steps: solution, alternatives and mistakes
  npm run author edit STEP PATCH        a patch as files to edit; PATCH is solution,
                                        alternatives/NAME or mistakes/NAME
  npm run author save [STEP PATCH]      store the edited files as that patch
  npm run author baseline               write steps/baseline.json from app/
  npm run author xray [step …]          record what the clinic as shipped shows in its X-rays
  npm run author packages               ask the registry for fixtures/known-packages.json
  npm run author advisories DIR         refresh fixtures/advisories.json from OSV's export in DIR`;
