import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LEVELS } from '../../model/event.ts';
import { loadCatalogue } from '../../store/catalogue.ts';
import { splitDiscussion } from '../../store/discussion.ts';
import { loadStepContent } from '../../store/step-content.ts';

const ROOT = join(import.meta.dirname, '..', '..');

const TEXT = `# Discussion

## Points to discuss

- One point.

\`\`\`md
## Questions to ask in a block of code
1. not a question
\`\`\`

## What a junior engineer would say

*Sees* it.

## What a mid-level engineer would say

*Finds* it.

## What a senior engineer would say

*Asks* why.

## Questions to ask

1. Why is the first one
   written on two lines?
2. And \`this\`?
   - with a point below

## Further reading

- [A page](https://example.org/)
`;

test('a discussion is taken apart by its headings, and no word of it gets lost', () => {
  const { points, rubric, questions, reading } = splitDiscussion(TEXT);
  expect(points).toContain('- One point.');
  expect(points).toContain('1. not a question');
  expect(rubric).toEqual([
    { level: 'junior', text: '*Sees* it.' },
    { level: 'mid-level', text: '*Finds* it.' },
    { level: 'senior', text: '*Asks* why.' },
  ]);
  expect(questions).toEqual([
    'Why is the first one written on two lines?',
    'And `this`? - with a point below',
  ]);
  expect(reading).toBe('## Further reading\n\n- [A page](https://example.org/)');
});

test('questions may be a list without numbers, and a text without headings is all points', () => {
  expect(splitDiscussion('## Questions to ask\n\n- One?\n- Two?').questions).toEqual(['One?', 'Two?']);
  expect(splitDiscussion('Nothing yet.')).toEqual({
    points: 'Nothing yet.',
    rubric: [],
    questions: [],
    reading: '',
  });
});

describe('each step that is shipped', () => {
  test('asks questions, each once, and has all three levels of the rubric', async () => {
    const catalogue = await loadCatalogue(ROOT);
    expect(catalogue.length).toBe(
      (await readdir(join(ROOT, 'steps'))).filter((name) => /^\d/.test(name)).length,
    );
    for (const step of catalogue) {
      const { questions, rubric, points } = splitDiscussion((await loadStepContent(step)).discussion);
      expect(questions.length, step.slug).toBeGreaterThanOrEqual(4);
      expect(new Set(questions).size, step.slug).toBe(questions.length);
      expect(
        questions.every((question) => /[.?!)]$/.test(question)),
        step.slug,
      ).toBe(true);
      expect(
        rubric.map(({ level }) => level),
        step.slug,
      ).toEqual(LEVELS);
      expect(points.length, step.slug).toBeGreaterThan(200);
    }
  });
});
