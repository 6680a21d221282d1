import { parseCommandLine } from '../command-line.ts';
import { createReleasers } from '../releasers.ts';
import { renderList } from '../terminal/render-list.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { openWorkshop } from '../workshop.ts';
import { workshopRoot } from '../workshop-root.ts';

export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { help } = parseCommandLine(args, GRAMMAR);
  if (help) return (terminal.out(USAGE), 0);
  const releasers = createReleasers();
  try {
    const { catalogue, progress } = await openWorkshop(workshopRoot(), releasers);
    terminal.out(renderList(catalogue, progress, terminal.paint));
    return 0;
  } finally {
    await releasers.closeAll();
  }
}

const USAGE = 'Type it like this: npm run list';
const GRAMMAR = { usage: USAGE, options: {}, words: { least: 0, most: 0 } } as const;
