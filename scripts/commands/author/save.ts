import { relative } from 'node:path';
import { saveDraft } from '../../../runner/author-draft.ts';
import { parseCommandLine } from '../../command-line.ts';
import { draftRequest, rememberedDraft } from '../../draft-request.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { workshopRoot } from '../../workshop-root.ts';

/** Stores edited files as their patch. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { options, words, help } = parseCommandLine(args, GRAMMAR);
  if (help) return (terminal.out(USAGE), 0);
  const root = workshopRoot();
  const named = words.length === 0 ? await rememberedDraft(root) : words;
  const request = await draftRequest(root, named, USAGE);
  const header = { title: options.title, refusedBy: options['refused-by'] };
  const { file, files } = await saveDraft(request, header);
  const lines = [`Saved ${relative(root, file)}, which changes:`, ...files.map((path) => `  ${path}`)];
  terminal.out([...lines, `Prove it: npm run author verify ${request.step.number}`].join('\n'));
  return 0;
}

const USAGE = `Type it like this: npm run author save [STEP PATCH] [-- options]
  without STEP and PATCH, what was edited last
  --title TEXT        what the patch does; a new one needs it
  --refused-by RULE   the rule that must refuse it; a new mistake needs it`;
const GRAMMAR = {
  usage: USAGE,
  options: { title: 'text', 'refused-by': 'text' },
  words: { least: 0, most: 2 },
} as const;
