/** The candidate that is nearest in single-letter edits, when it is near enough to be a slip. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const allowed = Math.max(2, Math.floor(word.length / 3));
  const near = candidates
    .map((candidate) => ({ candidate, distance: edits(word.toLowerCase(), candidate) }))
    .filter(
      ({ candidate, distance }) =>
        distance <= allowed || (word.length > 3 && candidate.includes(word.toLowerCase())),
    )
    .toSorted((a, b) => a.distance - b.distance);
  return near[0]?.candidate;
}

/** Levenshtein's distance, one row at a time. */
function edits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
