/** A place in a text: both count from 1, the column in characters (an emoji is one). */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** PostgreSQL counts characters from 1; JavaScript counts what UTF-8's longer characters need two of. */
export function placeOfCharacter(text: string, position: number): Place {
  let line = 1;
  let column = 1;
  let left = position - 1;
  for (const character of text) {
    if (left-- <= 0) break;
    if (character === '\n') {
      line += 1;
      column = 1;
    } else column += 1;
  }
  return { line, column };
}

/** `offset` counts bytes of UTF-8 from 0, as PostgreSQL's parser does; blanks and comments there are passed over. */
export function placeOfByte(text: string, offset: number): Place {
  const before = Buffer.from(text).subarray(0, offset).toString();
  const lead = /^(?:\s|--[^\n]*|\/\*[^]*?\*\/)*/.exec(text.slice(before.length))?.[0] ?? '';
  return placeOfCharacter(text, [...before, ...lead].length + 1);
}
