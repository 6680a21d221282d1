/** The words of a text that carry something: lower case, without endings, so that `stores` and `stored` are one. */
export function contentWords(text: string): string[] {
  return wordsOf(text)
    .filter((word) => !EMPTY.has(word) && (word.length > 1 || /\d/.test(word)))
    .map(stem);
}

/** Also cuts names: `noteList` and `note_list` are two words. */
export function wordsOf(text: string): string[] {
  return text
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll(/['’](s|t|re|ll|ve|d)\b/g, '$1')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Rough on purpose: both sides go through it, so it only has to be rough in the same way. */
export function stem(word: string): string {
  if (word.length <= 3) return word;
  return word
    .replace(/ies$/, 'y')
    .replace(/(ss|sh|ch|x)es$/, '$1')
    .replace(/([^s])s$/, '$1')
    .replace(/(is|iz)(e|ed|ing|ation|er)$/, 'is')
    .replace(/(at)(ion|or|ing|ed|e)$/, '$1')
    .replace(/(ing|ed|er|or|ly|y|ion|e)$/, '')
    .replace(/([^aeiou])\1$/, '$1');
}

const EMPTY = new Set(
  `a an the this that these those of to in on at by for from with into onto as is are was were be been being am
  it its they them their there here we us our you your i me my he she and or but so if then than when while which who
  whom whose what where how do does did done doing has have had having will would shall should can could may might
  all any each every some both either one ones just also very up out off over about again through between
  get gets got using used use uses given simply basically actual actually following now new`.split(/\s+/),
);
