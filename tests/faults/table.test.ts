import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..', '..');

interface Row {
  readonly what: string;
  readonly seen: string;
  readonly kept: string;
  readonly file: string;
  /** As the proof names it; without a name it is the row's own. */
  readonly title: string;
}

async function rows(): Promise<Row[]> {
  const text = await readFile(join(ROOT, 'docs', 'faults.md'), 'utf8');
  return text.split('\n').flatMap((line) => {
    const [what = '', seen = '', kept = '', proof = ''] = line
      .split(' | ')
      .map((cell) => cell.replace(/^\| | \|$/g, '').trim());
    const [, file, title] = /^`(tests\/[\w/.-]+)`(?:: (.+))?$/.exec(proof) ?? [];
    return file === undefined ? [] : [{ what, seen, kept, file, title: title ?? what }];
  });
}

async function provenHere(): Promise<string[]> {
  const folder = join(ROOT, 'tests', 'faults');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.test.ts')).sort();
  const found: string[] = [];
  for (const name of files) {
    const text = await readFile(join(folder, name), 'utf8');
    for (const [, title] of text.matchAll(FAULT))
      found.push(`tests/faults/${name}: ${title?.replaceAll("\\'", "'")}`);
  }
  return found;
}

test('each test of a fault has a row in docs/faults.md, and each row a test', async () => {
  const table = await rows();
  const here = table.filter(({ file }) => file.startsWith('tests/faults/'));
  expect(here.map(({ file, title }) => `${file}: ${title}`).sort()).toEqual((await provenHere()).sort());
  for (const { file, title } of table)
    expect(await readFile(join(ROOT, file), 'utf8'), title).toContain(title);
});

test('each row says what is seen and what is kept', async () => {
  const table = await rows();
  expect(table.length).toBeGreaterThan(50);
  expect(table.filter(({ seen, kept }) => seen.length < 10 || kept.length < 5)).toEqual([]);
  expect(new Set(table.map(({ what }) => what)).size).toBe(table.length);
});

const FAULT = /^fault(?:Where)?\((?:\s*[\w.\s='"]+,)?\s*'((?:[^'\\]|\\.)+)',/gm;
