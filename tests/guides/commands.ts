import { fencesOf, proseOf } from './blocks.ts';
import { everyText } from './texts.ts';

/** Each command that a text names, in a block of its own or between backticks, with the texts that name it. */
export function namedCommands(texts = everyText()): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const { path, markdown } of texts) {
    const blocks = fencesOf(markdown).filter(({ language }) => SHELLS.has(language));
    const lines = blocks
      .flatMap(({ text }) => text.split('\n'))
      .map((line) => line.replace(/(?:^|\s+)#\s.*$/, ''));
    const spans = [...proseOf(markdown).matchAll(/`([^`]+)`/g)].map(([, span = '']) => span);
    const commands = [...lines, ...spans.filter((span) => PROGRAM.test(span))].flatMap(partsOf);
    for (const command of commands) found.set(command, [...new Set([...(found.get(command) ?? []), path])]);
  }
  return found;
}

/** In a table whose first cell is a command, what stands behind it in the same row: `npm start` and `-- --no-open`. */
export function commandsWithFlags(texts = everyText()): readonly string[] {
  const rows = texts.flatMap(({ markdown }) => markdown.match(/^\| `npm [^\n]*$/gm) ?? []);
  return rows.flatMap((row) => {
    const [command = '', ...others] = [...row.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span);
    return others.filter((span) => span.startsWith('-- ')).map((span) => `${command} ${span}`);
  });
}

function partsOf(line: string): readonly string[] {
  const parts = line.replace(/^\$ /, '').replace(/\s+/g, ' ').split(' && ');
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'shell', 'console']);
const PROGRAM = /^(?:[A-Z_]+=\S+ )?(?:npm|npx|node|docker|git|tar|grep|psql|tsx)\s+\S/;
