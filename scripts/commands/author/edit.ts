import { openDraft } from '../../../runner/author-draft.ts';
import { parseCommandLine } from '../../command-line.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { draftRequest, rememberDraft } from '../../draft-request.ts';
import { workshopRoot } from '../../workshop-root.ts';

/** Lays a patch out as files to edit. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { options, words, help } = parseCommandLine(args, GRAMMAR);
  if (help) return (terminal.out(USAGE), 0);
  const root = workshopRoot();
  const request = await draftRequest(root, words, USAGE);
  const { app, state } = await openDraft(request, options.fresh ? 'fresh' : 'where-it-was');
  await rememberDraft(request);
  terminal.out(`${state === 'begun' ? 'Edit the files in' : 'Go on with the files in'}\n  ${app}\n${NEXT}`);
  return 0;
}

const NEXT = 'then: npm run author save';
const USAGE = `Type it like this: npm run author edit STEP PATCH [-- options]
  PATCH is solution, alternatives/NAME or mistakes/NAME
  --fresh   begin anew from the patch, and throw an older draft away`;
const GRAMMAR = { usage: USAGE, options: { fresh: 'flag' }, words: { least: 2, most: 2 } } as const;
