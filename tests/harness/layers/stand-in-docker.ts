import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface StandInDocker {
  /** Its folder, to be put before PATH. */
  readonly folder: string;
  /** What it answers when its first word is `verb`, the first time and each time after: the last answer stays. */
  answers(verb: string, ...answers: StandInAnswer[]): Promise<void>;
  /** Every call so far, its words with blanks between. */
  calls(): Promise<readonly string[]>;
  remove(): Promise<void>;
}

export type StandInAnswer = { readonly code: number; readonly says?: string } | 'nothing';

/** A client whose engine fails as it is told to: no real engine can be asked to hang or to vanish at a given moment. */
export async function standInDocker(): Promise<StandInDocker> {
  const folder = await mkdtemp(join(tmpdir(), 'second-opinion-docker-'));
  await writeFile(join(folder, 'docker'), PROGRAM);
  await chmod(join(folder, 'docker'), 0o755);
  await writeFile(join(folder, 'calls'), '');
  return {
    folder,
    async answers(verb, ...answers) {
      for (const [index, answer] of answers.entries())
        await writeFile(join(folder, `${verb}.${index + 1}`), lineOf(answer));
      await writeFile(join(folder, `${verb}.last`), lineOf(answers.at(-1) ?? 'nothing'));
    },
    calls: async () => (await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n'),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

const lineOf = (answer: StandInAnswer) =>
  answer === 'nothing' ? 'nothing' : `${answer.code} ${answer.says ?? ''}`;

/** What it was told nothing about succeeds. */
const PROGRAM = `#!/bin/sh
here=$(dirname "$0")
echo "$*" >> "$here/calls"
number=$(grep -c "^$1\\( \\|$\\)" "$here/calls")
file="$here/$1.$number"
[ -e "$file" ] || file="$here/$1.last"
[ -e "$file" ] || exit 0
read -r code says < "$file"
[ "$code" = nothing ] && exec sleep 600
echo "$says"
exit "$code"
`;
