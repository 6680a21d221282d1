import createMarkdownIt, { type MarkdownIt, type Token } from 'markdown-it';
import { trustedHtml } from '../components/html.ts';
import { headingAnchors } from './anchors.ts';
import { createCodeRenderer } from './code-block.ts';
import { codeGroups } from './code-group.ts';
import { containers } from './containers.ts';
import { type Highlighter, plainText } from './highlighter.ts';
import { includes, isInclude, resolveInclude } from './includes.ts';
import { checkedLinks } from './links.ts';
import type { KeptPages } from './kept-pages.ts';
import { createPageCache } from './page-cache.ts';
import type { Rendered } from './rendered.ts';
import { sectionsOf, type TextSection } from './sections.ts';
import { wrappedTables } from './tables.ts';

export interface Markdown {
  /**
   * `prefix` keeps ids of several texts on one page apart. Throws a `WorkshopError` for a quoted region that is gone, for a
   * container that is unknown or never closed, and for a link with a scheme other than http, https and mailto.
   */
  render(text: string, prefix?: string): Promise<Rendered>;
  /** The text apart by its headings, whose ids are those that `render` gives them. Throws as `render` does. */
  sections(text: string, prefix?: string): Promise<readonly TextSection[]>;
}

export interface MarkdownOptions {
  readonly readSource: (path: string) => Promise<string>;
  /** Called before the first block of code is rendered; a text without code never loads it. */
  readonly loadHighlighter: () => Promise<Highlighter>;
  /** Where texts with code are kept beyond this process. */
  readonly keptPages?: KeptPages | undefined;
}

/** Rendered texts are kept by their content, quoted files included: a changed file renders anew, the rest is looked up. */
export function createMarkdown({ readSource, loadHighlighter, keptPages }: MarkdownOptions): Markdown {
  const cache = createPageCache<Rendered>();
  // A search asks for every text of the workshop at once.
  const outlines = createPageCache<readonly TextSection[]>(256);
  const parse = createPageCache<{ tokens: readonly Token[]; links: readonly string[] }>();

  return {
    sections: (text, prefix = '') =>
      outlines(`${prefix}\n${text}`, async () => sectionsOf(parseText(text, prefix).tokens)),
    async render(text, prefix = '') {
      const parsed = await parse(`${prefix}\n${text}`, () => Promise.resolve(parseText(text, prefix)));
      const tokens = await Promise.all(
        parsed.tokens.map(async (token) => (isInclude(token) ? resolveInclude(token, readSource) : token)),
      );
      const quoted = tokens
        .filter((token, index) => token !== parsed.tokens[index])
        .map((token) => token.content);
      const content = [prefix, text, ...quoted].join('\0');
      return cache(content, async () => {
        const render = (highlight: Highlighter['highlight']): Rendered => ({
          body: trustedHtml(renderTokens(createParser(prefix, highlight), tokens)),
          links: parsed.links,
        });
        if (!tokens.some((token) => token.type === 'fence')) return render(plainText);
        const known = await keptPages?.read(content);
        if (known !== undefined && known !== null) return known;
        const rendered = render(await highlighterFor(tokens, loadHighlighter));
        void keptPages?.write(content, rendered);
        return rendered;
      });
    },
  };
}

function parseText(text: string, prefix: string): { tokens: readonly Token[]; links: readonly string[] } {
  const links: string[] = [];
  const tokens = createParser(prefix, plainText, links).parse(text, {});
  return { tokens, links };
}

function renderTokens(parser: MarkdownIt, tokens: readonly Token[]): string {
  return parser.renderer.render([...tokens], parser.options, {});
}

function createParser(prefix: string, highlight: Highlighter['highlight'], links: string[] = []): MarkdownIt {
  const parser = createMarkdownIt({ html: false, linkify: false, typographer: true });
  // Quotes become round; dashes and dots stay as an author typed them.
  parser.disable('replacements');
  for (const plugin of [containers, codeGroups, includes, wrappedTables]) plugin(parser);
  headingAnchors(parser, prefix);
  checkedLinks(parser, links);
  parser.renderer.rules['fence'] = createCodeRenderer(highlight);
  parser.renderer.rules['code_block'] = createCodeRenderer(highlight);
  return parser;
}

async function highlighterFor(
  tokens: readonly Token[],
  loadHighlighter: () => Promise<Highlighter>,
): Promise<Highlighter['highlight']> {
  const highlighter = await loadHighlighter();
  await highlighter.prepare(tokens.filter((token) => token.type === 'fence').map((token) => token.info));
  return highlighter.highlight;
}
