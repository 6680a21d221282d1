import { describe, expect, test } from 'vitest';
import { textAt, textsOfSteps } from './texts.ts';

const headings = (markdown: string): readonly string[] => markdown.match(/^## .*$/gm) ?? [];

test.each(textsOfSteps('guide.md'))(
  '$path begins with the harm and tells what cannot be seen',
  ({ markdown }) => {
    expect(headings(markdown)).toEqual([
      '## See it hurt',
      '## What to do',
      '## What is checked',
      '## How to try',
      "## What this test can't see",
    ]);
    expect(section(markdown, 'How to try')).toMatch(/^npm run check \d+/m);
  },
);

test.each(textsOfSteps('hints.md'))(
  '$path has three hints or more, and none without words',
  ({ markdown }) => {
    const hints = markdown.split(/^## .*$/m).slice(1);
    expect(hints.length).toBeGreaterThanOrEqual(3);
    for (const hint of hints) expect(hint.trim().split(/\s+/).length).toBeGreaterThan(10);
  },
);

describe.each(textsOfSteps('discussion.md'))('$path', ({ markdown }) => {
  test('has the three levels', () => {
    expect(headings(markdown)).toEqual([
      '## Points to discuss',
      '## What a junior engineer would say',
      '## What a mid-level engineer would say',
      '## What a senior engineer would say',
      '## Questions to ask',
      '## Further reading',
    ]);
  });

  test('asks six to nine numbered questions', () => {
    const numbers = [...section(markdown, 'Questions to ask').matchAll(/^(\d+)\. \S/gm)].map(
      ([, number]) => number,
    );
    expect(numbers).toEqual(Array.from(numbers, (_, index) => String(index + 1)));
    expect(numbers.length).toBeGreaterThanOrEqual(6);
    expect(numbers.length).toBeLessThanOrEqual(9);
  });
});

describe.each(textsOfSteps('facilitator.md'))('$path', ({ markdown }) => {
  test('says, asks, watches and knows how long', () => {
    expect(headings(markdown)).toEqual(['## Say', '## Ask', '## Watch for', '## Timing']);
    expect(section(markdown, 'Timing').match(/\*\*(45|90|180) minutes\*\*/g)).toEqual([
      '**45 minutes**',
      '**90 minutes**',
      '**180 minutes**',
    ]);
  });

  test('opens in under two minutes and asks four to six questions', () => {
    expect(section(markdown, 'Say').split(/\s+/).length).toBeLessThan(2 * WORDS_SPOKEN_A_MINUTE);
    const questions = section(markdown, 'Ask').match(/^\d+\. \*\*[^*]+\?\*\*/gm) ?? [];
    expect(questions.length).toBeGreaterThanOrEqual(4);
    expect(questions.length).toBeLessThanOrEqual(6);
  });
});

describe('the glossary', () => {
  const { markdown } = textAt('docs/content/glossary.md');
  const terms = headings(markdown).map((heading) => heading.slice(3));

  test('has the words of the workshop', () => {
    expect(WORDS.filter((word) => !terms.includes(word))).toEqual([]);
  });

  test('has each term once, by the alphabet', () => {
    expect(terms).toEqual([...new Set(terms)]);
    expect(terms).toEqual(
      [...terms].sort((one, other) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1)),
    );
  });

  test('says in one to three sentences what each is', () => {
    for (const term of terms) {
      const text = section(markdown, term)
        .replace(/`[^`]*`/g, 'code')
        .replace(/\s*\[(?:and )?[Ss]tep \d+\]\([^)]*\)(?: and)?/g, '')
        .replace(/\.\s*\.$/, '.');
      const sentences = text.split(/(?<=[.?!])\s+/).filter((one) => /\w/.test(one));
      expect(sentences.length, `${term}: ${text}`).toBeGreaterThanOrEqual(1);
      expect(sentences.length, `${term}: ${text}`).toBeLessThanOrEqual(3);
    }
  });
});

describe('the page for facilitators', () => {
  const { markdown } = textAt('docs/content/facilitator.md');

  test.each([45, 90, 180])('plans all of %i minutes, without a gap', (minutes) => {
    const rows = section(markdown, `${minutes} minutes`).matchAll(/^\| (\d+) to (\d+) \|/gm);
    const spans = [...rows].map(([, from, to]) => [Number(from), Number(to)]);
    expect(spans.map(([from]) => from)).toEqual([0, ...spans.slice(0, -1).map(([, to]) => to)]);
    expect(spans.at(-1)?.[1]).toBe(minutes);
  });

  test('tells for each missing topic and each question what three levels would say', () => {
    for (const part of ['What is missing from this project', 'Questions about the architecture'])
      for (const topic of section(markdown, part).split(/^### /m).slice(1))
        expect(topic.match(/^- \*\*(\S+)\*\*:/gm), topic).toEqual([
          '- **Junior**:',
          '- **Mid-level**:',
          '- **Senior**:',
        ]);
  });
});

function section(markdown: string, title: string): string {
  const [, text = ''] = markdown.split(`\n## ${title}\n`);
  return text.split(/^## /m)[0]?.trim() ?? '';
}

/** Of somebody who speaks to a room and lets it think. */
const WORDS_SPOKEN_A_MINUTE = 100;

const WORDS = (
  'Workshop Clinic Step Guide Check Run Verdict Finding Evidence X-ray Hint Solution Alternative Mistake Baseline Backup ' +
  'Journal Progress Discussion Rubric Cohort Participant Facilitator'
).split(' ');
