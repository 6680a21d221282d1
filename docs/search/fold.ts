/** A text as it is compared: small letters without accents. `at[i]` is where letter `i` of it stood in the original. */
export interface Folded {
  readonly text: string;
  readonly at: readonly number[];
}

export function fold(original: string): string {
  return [...original].map(foldLetter).join('');
}

export function foldWithPlaces(original: string): Folded {
  const letters: string[] = [];
  const at: number[] = [];
  let place = 0;
  for (const letter of original) {
    const folded = foldLetter(letter);
    letters.push(folded);
    for (let unit = 0; unit < folded.length; unit += 1) at.push(place);
    place += letter.length;
  }
  return { text: letters.join(''), at };
}

/** `É` is e, `ß` is ss, and a round apostrophe is the one on the keyboard. */
function foldLetter(letter: string): string {
  // Nearly every letter of a text is one of these.
  if (letter < '\u0080') return letter.toLowerCase();
  return (
    LIKE[letter] ??
    letter
      .normalize('NFD')
      .replaceAll(/\p{Mark}/gu, '')
      .toLowerCase()
  );
}

const LIKE: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  Ø: 'o',
  æ: 'ae',
  ł: 'l',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
};
