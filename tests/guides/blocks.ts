/** The texts of a page's fenced blocks in one language, in their order; fences may be indented, as in a list. */
export function blocksOf(markdown: string, language?: string): readonly string[] {
  return fencesOf(markdown)
    .filter((fence) => language === undefined || fence.language === language)
    .map(({ text }) => text);
}

export interface Fence {
  readonly language: string;
  readonly text: string;
}

export function fencesOf(markdown: string): readonly Fence[] {
  return [...markdown.matchAll(FENCE)].map(([, indent = '', , language = '', text = '']) => ({
    language,
    text: text
      .split('\n')
      .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
      .join('\n')
      .trimEnd(),
  }));
}

/** The text around its fenced blocks. */
export function proseOf(markdown: string): string {
  return markdown.replace(FENCE, '');
}

const FENCE = /^([ ]*)(`{3,})([\w-]*)[^\n]*\n(.*?)^\1\2[ ]*$/gms;
