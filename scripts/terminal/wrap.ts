/** Lines of at most `columns` letters, broken between words; a word that is longer stands alone. Line breaks are kept. */
export function wrap(text: string, columns: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, columns));
}

/** The text with `first` before its first line and as many blanks before the others. `first` may hold no colours. */
export function hang(first: string, text: string, columns: number): string {
  const blanks = ' '.repeat(first.length);
  return wrap(text, Math.max(MOST_NARROW, columns - first.length))
    .map((line, i) => `${i === 0 ? first : blanks}${line}`.trimEnd())
    .join('\n');
}

function wrapLine(line: string, columns: number): string[] {
  if (line.length <= columns) return [line];
  const lines: string[] = [];
  let current = /^ */.exec(line)?.[0] ?? '';
  for (const word of line.trim().split(/ +/)) {
    const longer = current.trim() === '' ? current + word : `${current} ${word}`;
    if (longer.length > columns && current.trim() !== '') {
      lines.push(current);
      current = word;
    } else current = longer;
  }
  return [...lines, current];
}

const MOST_NARROW = 20;
