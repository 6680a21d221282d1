import type { Node } from 'oxc-parser';
import { gapsOf } from '../source/gaps.ts';
import type { ParsedSource } from '../source/parse.ts';
import { walk } from '../source/walk.ts';

/** A keyword or a sign, with the node that it belongs to. Names, literals and templates are nodes and no tokens. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly node: Node;
  readonly parent: Node | null;
  /** The characters beside it; '' at an end of the file. A comment counts as white space. */
  readonly before: string;
  readonly after: string;
}

/** The keywords and signs of a file in the order of the text: what a formatter moves about. */
export function tokensOf(source: ParsedSource): Token[] {
  const { code } = source;
  const tokens: Token[] = [];
  walk(source.program, (node, ancestors) => {
    if (isOpaque(node)) return 'skip';
    const parent = ancestors.at(-1) ?? null;
    for (const gap of gapsOf(source, node)) {
      for (const match of gap.text.matchAll(TOKEN)) {
        if (isName(node, gap.start + match.index)) continue;
        const start = gap.start + match.index;
        const end = start + match[0].length;
        const [before, after] = [code.charAt(start - 1), code.charAt(end)];
        tokens.push({ text: match[0], start, end, node, parent, before, after });
      }
    }
    return undefined;
  });
  return tokens.sort((a, b) => a.start - b.start);
}

/** An identifier begins with its name; a question mark and a type may follow. */
function isName(node: Node, start: number): boolean {
  return node.type === 'Identifier' && start < node.start + node.name.length;
}

/** Its text is a value or markup, not code. The code inside a template's `${}` is its children's. */
function isOpaque({ type }: Node): boolean {
  return type === 'Literal' || type === 'TemplateElement' || type === 'PrivateIdentifier';
}

const TOKEN = /[A-Za-z]+|=>|\.\.\.|\?\.|[<>=!*&|?+\-/%^]+|[^\sA-Za-z]/g;
