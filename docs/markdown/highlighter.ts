import type { HighlighterCore } from 'shiki/core';
import type { Piece } from './code-line.ts';
import { languageOf } from './fence-info.ts';
import { grammarOf } from './grammars.ts';

export interface Highlighter {
  /** Loads the grammars that these fences need; an unknown language stays plain text. */
  prepare(infos: readonly string[]): Promise<void>;
  /** Lines of pieces; a piece's role is one of `comment`, `keyword`, `string` …, or `null` for plain text. */
  highlight(code: string, language: string): readonly (readonly Piece[])[];
  close(): void;
}

/**
 * One shiki for all pages. Its theme names roles and not colours: they become classes, because the
 * Content-Security-Policy allows no style attributes, and both themes live in one stylesheet.
 *
 * The WebAssembly engine: first page of TypeScript in 0.4 to 0.5 s against 0.7 s for the JavaScript one, which has to
 * translate each grammar's patterns first (Node 20, two cores).
 */
export async function loadHighlighter(): Promise<Highlighter> {
  const [{ createCssVariablesTheme, createHighlighterCore }, { createOnigurumaEngine }] = await Promise.all([
    import('shiki/core'),
    import('shiki/engine/oniguruma'),
  ]);
  const shiki = await createHighlighterCore({
    engine: createOnigurumaEngine(import('shiki/wasm')),
    themes: [createCssVariablesTheme({ name: THEME, variablePrefix: '--', fontStyle: false })],
    langs: [],
  });
  return {
    async prepare(infos) {
      const grammars = new Set(
        infos.map((info) => grammarOf(languageOf(info))).filter((load) => load !== undefined),
      );
      await shiki.loadLanguage(...grammars);
    },
    highlight: (code, language) => highlightWith(shiki, code, language),
    close: () => shiki.dispose(),
  };
}

/** For text without code, and for a language without a grammar. */
export const plainText: Highlighter['highlight'] = (code) =>
  code.split('\n').map((line) => [{ text: line, role: null }]);

function highlightWith(
  shiki: HighlighterCore,
  code: string,
  language: string,
): readonly (readonly Piece[])[] {
  if (!shiki.getLoadedLanguages().includes(language)) return plainText(code, language);
  const lines = shiki.codeToTokensBase(code, { lang: language, theme: THEME, tokenizeTimeLimit: 0 });
  return lines.map((tokens) => tokens.map(({ content, color }) => ({ text: content, role: roleOf(color) })));
}

/** The theme gives `var(--token-keyword)` as a colour; the word in it is the role. */
function roleOf(color: string | undefined): string | null {
  return /^var\(--token-([a-z-]+)\)$/.exec(color ?? '')?.[1] ?? null;
}

const THEME = 'roles';
