import { expect, test } from 'vitest';
import { readingTime } from './reading-time.ts';
import { shippedFiles, textsOfSteps } from './texts.ts';

const shipped = await shippedFiles();
const minutes = (markdown: string) => readingTime(markdown, shipped);

test.each(textsOfSteps('guide.md'))('$path takes three to six minutes to read', ({ markdown }) => {
  expect(minutes(markdown)).toBeGreaterThanOrEqual(3);
  expect(minutes(markdown)).toBeLessThanOrEqual(6);
});

test('two hundred words are a minute, and so are thirty lines of code, typed or quoted', () => {
  expect(minutes('word '.repeat(200))).toBe(1);
  expect(minutes(`\`\`\`ts\n${'code();\n\n'.repeat(30)}\`\`\`\n`)).toBeCloseTo(1);
  expect(minutes('<<< app/src/views/search.ts')).toBeGreaterThan(3);
  expect(minutes('[one two](https://example.org/three-four) | five |')).toBe(3 / 200);
});
