import { describe, expect, test } from 'vitest';
import { proseOf } from './blocks.ts';
import { everyText } from './texts.ts';

const texts = everyText();

/** What belittles: to whom it is not simple, it says that they are slow. */
const BELITTLING = ['simply', 'just', 'easy', 'easily', 'obviously', 'of course', 'trivial', 'trivially'];

/** One word for one thing: the word of the house, and those that would stand for it elsewhere. */
const ONE_WORD: Readonly<Record<string, readonly string[]>> = {
  step: ['exercise', 'exercises', 'lesson', 'challenge', 'challenges', 'kata', 'assignment'],
  guide: ['tutorial', 'tutorials', 'walkthrough'],
  check: ['test case', 'test cases'],
  solution: ['sample solution', 'model answer', 'answer key'],
  judge: ['grader', 'autograder', 'marker'],
  finding: ['violation', 'violations', 'offence'],
  facilitator: ['trainer', 'instructor', 'moderator', 'teacher', 'tutor'],
  participant: ['attendee', 'attendees', 'student', 'students', 'pupil', 'trainee'],
  'X-ray': ['xray', 'Xray', 'x-ray'],
  clinic: ['the web app', 'the demo app', 'sample app'],
};

describe.each(texts)('$path', ({ markdown }) => {
  const prose = withoutCode(markdown);

  test('belittles nobody', () => {
    expect(found(prose, BELITTLING, 'i')).toEqual([]);
  });

  test('has one word for one thing', () => {
    expect(found(prose, Object.values(ONE_WORD).flat(), '')).toEqual([]);
  });

  test('types no number of a line', () => {
    expect(prose.match(/\blines? \d+|\.(?:ts|sql|json|yml|md|txt):\d+|#L\d+/gi) ?? []).toEqual([]);
  });
});

test('the words are found in a text that has them, and not inside other words', () => {
  expect(found('You simply justify it. Of\ncourse.', BELITTLING, 'i')).toEqual(['simply', 'Of course']);
  expect(found('An exercise, an X-ray, an x-ray.', Object.values(ONE_WORD).flat(), '')).toEqual([
    'exercise',
    'x-ray',
  ]);
  expect(withoutCode('a `just` b\n```sh\njust\n```\n')).not.toContain('just');
});

function found(text: string, words: readonly string[], flags: string): readonly string[] {
  const pattern = new RegExp(`(?<![\\w-])(?:${words.join('|')})(?![\\w-])`, `g${flags}`);
  return text.replace(/\s+/g, ' ').match(pattern) ?? [];
}

function withoutCode(markdown: string): string {
  return proseOf(markdown)
    .replace(/`[^`]*`/g, '`…`')
    .replace(/\]\([^)]*\)/g, ']');
}
