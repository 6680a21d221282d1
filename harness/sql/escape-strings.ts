/**
 * The same statement for a parser that only knows `standard_conforming_strings = on`: with the setting off, a plain
 * '…' is read like E'…', so each plain one is given its E. Everything else is copied.
 */
export function withEscapeStrings(sql: string): string {
  let out = '';
  for (const token of sql.matchAll(TOKENS)) {
    const [text] = token;
    const plain = text.startsWith("'") && !continues(out);
    // The space keeps it apart from a word before it: LIKE'…' is a word and a literal.
    out += plain ? ` E${text}` : text;
  }
  return out;
}

/** A literal goes on in the next line: 'a'⏎'b' is one constant, and an E between its parts would be an error. */
function continues(before: string): boolean {
  return /'[ \t]*\n\s*$/.test(before);
}

const TOKENS = new RegExp(
  [
    String.raw`--[^\n]*`,
    String.raw`/\*(?:[^*]|\*(?!/))*(?:\*/|$)`,
    String.raw`\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$[^]*?(?:\$\1\$|$)`,
    String.raw`"[^"]*(?:"|$)`,
    // Bit strings and Unicode strings keep their own rules; E'…' is there already.
    String.raw`\b(?:[BbXx]|[Uu]&)'[^']*(?:'|$)`,
    String.raw`\b[Ee]'(?:[^'\\]|\\[^]|'')*(?:'|$)`,
    String.raw`'(?:[^'\\]|\\[^]|'')*(?:'|$)`,
    String.raw`[\w$\u0080-\uffff]+`,
    String.raw`[^]`,
  ].join('|'),
  'g',
);
