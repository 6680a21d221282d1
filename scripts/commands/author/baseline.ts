import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { WorkshopError } from '../../../model/workshop-error.ts';
import { computeBaseline } from '../../../store/workspace/baseline.ts';
import { surveyApp, treeOf } from '../../../store/workspace/file-tree.ts';
import { parseCommandLine } from '../../command-line.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { workshopRoot } from '../../workshop-root.ts';

/** Writes down what `app/` is as shipped: from now on, this is the baseline. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { options, help } = parseCommandLine(args, GRAMMAR);
  if (help) return (terminal.out(USAGE), 0);
  const root = workshopRoot();
  if (!options.yes) await refuseUncommitted(root);
  const manifest = computeBaseline(treeOf(await surveyApp(root)));
  await writeFile(join(root, 'steps', 'baseline.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  terminal.out(`Wrote steps/baseline.json: ${Object.keys(manifest.files).length} files.\n${NEXT}`);
  return 0;
}

/** What a learner changed, or an author forgot to commit, must not become what is shipped. */
async function refuseUncommitted(root: string): Promise<void> {
  const git = promisify(execFile);
  const changes = await git('git', ['status', '--porcelain', '--', 'app'], { cwd: root }).then(
    ({ stdout }) => stdout.trimEnd(),
    (cause: unknown) => {
      throw new WorkshopError('GIT_MISSING', 'git was asked whether app/ has changes, and did not answer.', {
        remedy: 'Make sure that app/ is as it is to be shipped, then: npm run author baseline -- --yes',
        cause,
      });
    },
  );
  if (changes === '') return;
  throw new WorkshopError('APP_CHANGED', `app/ has changes that are not committed:\n${changes}`, {
    remedy: 'Commit or undo them; or, if this is what is to be shipped: npm run author baseline -- --yes',
  });
}

const NEXT = 'Prove that every step still stands: npm run author verify';
const USAGE = `Type it like this: npm run author baseline [-- options]
  --yes   also when app/ has changes that are not committed`;
const GRAMMAR = { usage: USAGE, options: { yes: 'flag' }, words: { least: 0, most: 0 } } as const;
