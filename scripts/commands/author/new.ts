import { scaffoldStep } from '../../../runner/scaffold-step.ts';
import { loadCatalogue } from '../../../store/catalogue.ts';
import { parseCommandLine } from '../../command-line.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { workshopRoot } from '../../workshop-root.ts';

/** Makes a new step's folder, numbered after the last one. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { options, words, help } = parseCommandLine(args, GRAMMAR);
  if (help) return (terminal.out(USAGE), 0);
  const root = workshopRoot();
  const catalogue = await loadCatalogue(root);
  const [slug = ''] = words;
  const files = await scaffoldStep({ root, slug, title: options.title, catalogue });
  terminal.out(['Made:', ...files.map((file) => `  ${file}`), NEXT].join('\n'));
  return 0;
}

const NEXT = 'npm run author verify says what is still missing; CONTRIBUTING.md leads through it.';
const USAGE = `Type it like this: npm run author new SLUG [-- options]
  SLUG is small letters, digits and hyphens: open-redirects
  --title TEXT   its title`;
const GRAMMAR = { usage: USAGE, options: { title: 'text' }, words: { least: 1, most: 1 } } as const;
