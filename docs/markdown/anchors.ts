import type { MarkdownIt } from 'markdown-it';
import { html } from '../components/html.ts';

/** Ids for headings of level 2 to 4, unique within a text, with a link to each. */
export function headingAnchors(parser: MarkdownIt, prefix: string): void {
  parser.core.ruler.push('heading_anchors', (state) => {
    const taken = new Set<string>();
    state.tokens.forEach((token, index) => {
      if (token.type !== 'heading_open') return;
      const text = plainTitle(state.tokens[index + 1]?.children ?? []);
      token.attrSet('id', unique(`${prefix}${slugOf(text)}`, taken));
      token.meta = { text };
    });
  });
  parser.renderer.rules['heading_close'] = (tokens, index) => {
    const open = tokens[index - 2];
    const id = open?.attrGet('id') ?? '';
    const { text } = (open?.meta ?? { text: '' }) as { text: string };
    return `${html` <a class="anchor" href="#${id}" aria-label="Link to “${text}”">#</a>`}</${tokens[index]?.tag ?? 'h2'}>\n`;
  };
}

function plainTitle(children: readonly { readonly content: string }[]): string {
  return children.map((child) => child.content).join('');
}

function slugOf(text: string): string {
  const slug = text
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return slug === '' ? 'section' : slug;
}

function unique(id: string, taken: Set<string>): string {
  let free = id;
  for (let number = 2; taken.has(free); number += 1) free = `${id}-${number}`;
  taken.add(free);
  return free;
}
