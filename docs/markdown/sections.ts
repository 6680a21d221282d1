import type { Token } from 'markdown-it';

/** A heading with the text below it, as far as the next one; the text before the first has no `id` and no title. */
export interface TextSection {
  readonly id: string | null;
  /** 2 to 4 as in the page; 1 for what stands before the first heading. */
  readonly level: number;
  readonly title: string;
  /** Without markup, on one line. Code is in it, quoted files are not. */
  readonly text: string;
}

export function sectionsOf(tokens: readonly Token[]): readonly TextSection[] {
  const sections: { id: string | null; level: number; title: string; parts: string[] }[] = [
    { id: null, level: 1, title: '', parts: [] },
  ];
  tokens.forEach((token, index) => {
    const level = Number(/^h([2-4])$/.exec(token.tag)?.[1] ?? 1);
    if (token.type === 'heading_open' && level > 1) {
      const { text } = (token.meta ?? { text: '' }) as { text: string };
      sections.push({ id: String(token.attrGet('id')), level, title: text, parts: [] });
    } else if (tokens[index - 1]?.type !== 'heading_open') {
      sections.at(-1)?.parts.push(...wordsOf(token));
    }
  });
  return sections
    .map(({ parts, ...section }) => ({ ...section, text: parts.join(' ').replaceAll(/\s+/g, ' ').trim() }))
    .filter(({ id, text }) => id !== null || text !== '');
}

function wordsOf(token: Token): readonly string[] {
  if (token.type === 'inline') return [(token.children ?? []).map(pieceOf).join('')];
  if (token.type === 'container_open') return [token.info.replace(/^\S+\s*/, '')];
  return token.type === 'fence' || token.type === 'code_block' ? [token.content] : [];
}

function pieceOf(token: Token): string {
  return token.type === 'softbreak' || token.type === 'hardbreak' ? ' ' : token.content;
}
