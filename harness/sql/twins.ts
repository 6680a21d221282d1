/**
 * Harmless inputs of the same build as `input`: only letters, digits and white space, the marker kept. Whatever code does
 * with them, it builds the statement that it should build for the input too: with a letter in the place of each sign, with
 * a space there (code that splits into words sees the same words), and without it (code that strips signs).
 */
export function twinsOf(input: string, marker: string): readonly [string, string, string] {
  const without = (put: string) =>
    input
      .split(marker)
      .map((piece) => piece.replace(SIGN, put))
      .join(marker);
  return [without('x'), without(' '), without('')];
}

const SIGN = /[^\p{L}\p{N}\s]/gu;
