/** What a step's texts must hold, as a heading that a scaffold offers and the words by which it is recognised. */
export interface Section {
  readonly file: 'guide.md' | 'discussion.md';
  readonly heading: string;
  /** Looked for in headings, in bold beginnings of lines, and where `anywhere` says so in the whole text. */
  readonly words: RegExp;
  readonly place: 'heading' | 'anywhere';
}

/** The sections of `file` that `text` lacks, as headings to write. */
export function missingSections(file: Section['file'], text: string): readonly string[] {
  const headings = text
    .split('\n')
    .filter((line) => /^(#{1,6} |\s*(?:[-*] )?\*\*|:::)/.test(line))
    .join('\n');
  return SECTIONS.filter((section) => section.file === file)
    .filter(({ words, place }) => !words.test(place === 'heading' ? headings : text))
    .map(({ heading }) => heading);
}

/** Paragraphs that begin so stand for something that is still to be written. */
export const PLACEHOLDER = 'Still to be written:';

export const SECTIONS: readonly Section[] = [
  { file: 'guide.md', heading: 'See it hurt', words: /hurt|harm|see it|what happens/i, place: 'anywhere' },
  { file: 'guide.md', heading: 'What to do', words: /what to do|your (task|turn)|to do/i, place: 'heading' },
  { file: 'guide.md', heading: 'What is checked', words: /check/i, place: 'heading' },
  { file: 'guide.md', heading: 'How to try', words: /npm run check/i, place: 'anywhere' },
  {
    file: 'guide.md',
    heading: "What this test can't see",
    words: /(can.?t|cannot|does not|doesn.t) see|not checked/i,
    place: 'heading',
  },
  { file: 'discussion.md', heading: 'What a junior engineer would say', words: /junior/i, place: 'heading' },
  { file: 'discussion.md', heading: 'What a mid-level engineer would say', words: /mid/i, place: 'heading' },
  { file: 'discussion.md', heading: 'What a senior engineer would say', words: /senior/i, place: 'heading' },
  { file: 'discussion.md', heading: 'Questions to ask', words: /question/i, place: 'heading' },
  { file: 'discussion.md', heading: 'Further reading', words: /reading/i, place: 'heading' },
];
