import { describe, expect, test } from 'vitest';
import { createMarkdown } from '../../docs/markdown/markdown.ts';
import { openWorkspace } from '../../store/workspace/workspace.ts';
import { PLAIN } from '../docs/markdown-fixture.ts';
import { fencesOf } from './blocks.ts';
import { everyText, ROOT, type Text } from './texts.ts';

/** Guides quote the clinic as it was shipped: whoever has mended it reads the same guide. */
const shipped = await (await openWorkspace({ root: ROOT })).baseline();
const markdown = createMarkdown({
  readSource: async (path) => shipped.get(path)?.toString('utf8') ?? '',
  loadHighlighter: async () => PLAIN,
});
const lines = new Map(
  [...shipped].map(([path, bytes]) => [path, significantLines(bytes.toString('utf8'))] as const),
);

describe.each(everyText())('$path', (text) => {
  test('quotes files and names that are there', async () => {
    await expect(markdown.render(text.markdown)).resolves.toBeDefined();
  });

  test('types nothing out that it could quote', () => {
    expect(copies(text)).toEqual([]);
  });
});

test('a quote of a name that is gone fails, and says which', async () => {
  await expect(markdown.render('<<< app/src/views/search.ts#findPatients')).rejects.toThrow(
    'A guide quotes "findPatients" of app/src/views/search.ts, which declares no such name',
  );
  await expect(markdown.render('<<< app/src/views/gone.ts#findPatients')).rejects.toThrow(
    'declares no such name',
  );
});

test('three lines in a row that were copied are found, whatever their indent, and two are not', () => {
  const [, second = '', third = '', fourth = ''] = lines.get('app/src/views/search.ts') ?? [];
  const typed = (...rows: string[]): Text => ({
    path: 'guide.md',
    markdown: `\`\`\`ts\nmine();\n  ${rows.join('\n  ')}\n\`\`\`\n`,
  });
  expect(copies(typed(second, third, fourth))).toEqual([`app/src/views/search.ts: ${second}`]);
  expect(copies(typed(second, third))).toEqual([]);
});

/** Where three lines of a typed block stand in a file of the clinic as they are: the file and the first of the lines. */
function copies({ markdown: typed }: Text): readonly string[] {
  return fencesOf(typed).flatMap(({ text }) => {
    const rows = significantLines(text);
    const runs = rows.slice(0, -2).map((_, at) => rows.slice(at, at + 3).join('\n'));
    return [...lines].flatMap(([path, ours]) => {
      const whole = `\n${ours.join('\n')}\n`;
      return runs
        .filter((run) => whole.includes(`\n${run}\n`))
        .map((run) => `${path}: ${run.split('\n')[0]}`);
    });
  });
}

/** A line with nothing but brackets says nothing about where it came from. */
function significantLines(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => /\w/.test(line));
}
