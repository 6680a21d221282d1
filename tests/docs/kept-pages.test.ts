import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createKeptPages } from '../../docs/markdown/kept-pages.ts';
import { type Highlighter, plainText } from '../../docs/markdown/highlighter.ts';
import { createMarkdown } from '../../docs/markdown/markdown.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

const TEXT = '## A heading\n\nSee [the clinic](http://localhost:8000/).\n\n```ts\nconst a = 1;\n```\n';
const QUOTING = '```ts\nconst b = 2;\n```\n\n<<< app/src/a.ts\n';

/** Markdown as a new process has it, with a count of how often it needed the highlighter. */
function newProcess(folder: string, quoted = 'export const a = 1;\n') {
  let loads = 0;
  const highlighter: Highlighter = { prepare: async () => {}, highlight: plainText, close: () => {} };
  const loadHighlighter = async () => {
    loads += 1;
    return highlighter;
  };
  const keptPages = createKeptPages(folder);
  const markdown = createMarkdown({ readSource: async () => quoted, loadHighlighter, keptPages });
  return { markdown, loads: () => loads };
}

/** Nobody waits for what is written: the next process is asked until it knows. */
async function untilKept(folder: string, files: number): Promise<void> {
  await expect
    .poll(async () => (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json')).length)
    .toBe(files);
}

test('a text with code is coloured once, and the next process has it with its links', async () => {
  const folder = join(await temporaryFolder(), 'pages');
  const first = newProcess(folder);
  const rendered = await first.markdown.render(TEXT, 'guide-');
  await untilKept(folder, 1);
  const second = newProcess(folder);
  expect(await second.markdown.render(TEXT, 'guide-')).toEqual(rendered);
  expect([first.loads(), second.loads()]).toEqual([1, 0]);
  expect(rendered.links).toEqual(['http://localhost:8000/']);
});

test('another text, another prefix and another quoted file are rendered anew', async () => {
  const folder = join(await temporaryFolder(), 'pages');
  await newProcess(folder).markdown.render(QUOTING, 'guide-');
  await untilKept(folder, 1);
  for (const [text, prefix, quoted] of [
    [`${QUOTING}\nMore.\n`, 'guide-', undefined],
    [QUOTING, 'hint-', undefined],
    [QUOTING, 'guide-', 'export const changed = 1;\n'],
  ] as const) {
    const { markdown, loads } = newProcess(folder, quoted);
    const { body } = await markdown.render(text, prefix);
    expect(loads()).toBe(1);
    expect(body.markup.includes('changed')).toBe(quoted !== undefined);
  }
  await untilKept(folder, 4);
});

test('what is not whole is rendered anew', async () => {
  const folder = join(await temporaryFolder(), 'pages');
  const { body } = await newProcess(folder).markdown.render(TEXT);
  await untilKept(folder, 1);
  const [name = ''] = await readdir(folder);
  const whole = await readFile(join(folder, name), 'utf8');
  for (const broken of [whole.slice(0, 100), '{}', 'null', whole.replace('const a', 'const z')]) {
    await writeFile(join(folder, name), broken);
    const { markdown, loads } = newProcess(folder);
    expect((await markdown.render(TEXT)).body).toEqual(body);
    expect(loads()).toBe(1);
    await expect.poll(() => readFile(join(folder, name), 'utf8')).toBe(whole);
  }
});

test('a disk that takes nothing stops no page', async () => {
  const folder = join(await temporaryFolder({ pages: 'a file in its place' }), 'pages');
  const { body } = await newProcess(folder).markdown.render(TEXT);
  expect(body.markup).toContain('const a = 1;');
  expect((await newProcess(folder).markdown.render(TEXT)).body).toEqual(body);
});

test('a text without code is not kept: it needs no highlighter', async () => {
  const folder = join(await temporaryFolder(), 'pages');
  const { markdown, loads } = newProcess(folder);
  await markdown.render('Words.');
  expect(loads()).toBe(0);
  expect(await readdir(folder).catch(() => [])).toEqual([]);
});
