import { languageOfFile } from '../components/code-language.ts';
import type { Piece } from './code-line.ts';
import { type Highlighter, plainText } from './highlighter.ts';
import { createPageCache } from './page-cache.ts';

/** A file's text in lines of coloured pieces, kept by its content. */
export type Paint = (text: string, path: string) => Promise<readonly (readonly Piece[])[]>;

/** Long texts and those without a grammar stay plain; so does all of it when the highlighter cannot load. */
export function createPainter(loadHighlighter: () => Promise<Highlighter>): Paint {
  const cache = createPageCache<readonly (readonly Piece[])[]>();
  return async (text, path) => {
    const language = languageOfFile(path);
    if (language === '' || text.length > LONGEST) return plainText(text, language);
    return cache(`${language}\0${text}`, async () => {
      const highlighter = await loadHighlighter();
      await highlighter.prepare([language]);
      return highlighter.highlight(text, language);
    });
  };
}

/** Characters; a lock file of this size would take half a second. */
const LONGEST = 60_000;
