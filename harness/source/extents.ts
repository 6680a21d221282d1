/** Where the text of each line begins and ends, in columns from 0: the outline of a file seen from afar. */
export function extentsOf(text: string): [number, number][] {
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  return lines.map((line) => {
    const end = line.trimEnd().length;
    return [Math.min(end, line.length - line.trimStart().length), end];
  });
}
