import { type HTMLElement, parse } from 'node-html-parser';
import { plainText } from '../../docs/markdown/highlighter.ts';
import { createMarkdown } from '../../docs/markdown/markdown.ts';

/** A highlighter that highlights nothing: what is tested is everything around it. */
export const PLAIN = { prepare: async () => undefined, highlight: plainText, close: () => undefined };

const files: Readonly<Record<string, string>> = {
  'app/src/x.ts': [
    'import a from "a";',
    '  // #region inner',
    '  const one = 1;',
    '    // #region deeper',
    '    const two = 2;',
    '    // #endregion deeper',
    '  // #endregion inner',
    '// #region endless',
    '',
  ].join('\n'),
  'app/x.sql': '-- #region table\nCREATE TABLE t ();\n-- #endregion table\n',
};

export const markdown = createMarkdown({
  readSource: async (path) => files[path] ?? '',
  loadHighlighter: async () => PLAIN,
});

export const html = async (text: string): Promise<string> => (await markdown.render(text)).body.markup;

export const page = async (text: string): Promise<HTMLElement> =>
  parse(await html(text), { blockTextElements: {} });
