import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parseSource } from '../../../harness/source/parse.ts';
import { styleFaults } from '../../../harness/style/style.ts';

/** What formatters that are not installed here made of step 3's solution, by their name and settings. */
const recorded = z
  .record(z.string(), z.record(z.string(), z.string()))
  .parse(
    JSON.parse(
      readFileSync(join(import.meta.dirname, '..', '..', '..', 'fixtures', 'formatted-views.json'), 'utf8'),
    ),
  );

describe('the recorded output of another formatter has no fault:', () => {
  test.each(Object.entries(recorded))('%s', (_, files) => {
    expect(Object.keys(files)).toHaveLength(3);
    for (const [file, text] of Object.entries(files)) {
      const source = parseSource(file, text);
      expect(source.fault).toBeNull();
      expect(styleFaults(source).map(({ start, label }) => [file, source.lineOf(start), label])).toEqual([]);
    }
  });
});

test('a file that two formatters share between them is told', () => {
  const [first = {}, second = {}] = Object.values(recorded);
  const half = (text = '', part: 0 | 1) => {
    const at = text.indexOf('\nfunction ', text.length / 3);
    return part === 0 ? text.slice(0, at) : text.slice(at);
  };
  const file = 'app/src/views/notes.ts';
  const mixed = parseSource(file, half(first[file], 0) + half(second[file], 1));
  expect(mixed.fault).toBeNull();
  const rules = new Set(styleFaults(mixed).map(({ rule }) => rule));
  expect([...rules]).toEqual(expect.arrayContaining(['quotes', 'semicolons']));
});
