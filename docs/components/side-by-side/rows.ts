import { diffLines, diffWordsWithSpace } from 'diff';

/** A line of a text, by its number from 1, with the parts of it that the other side does not have. */
export interface SideLine {
  readonly number: number;
  readonly differs: boolean;
  /** Offsets from and to; empty when the whole line is another. */
  readonly marks: readonly (readonly [from: number, to: number])[];
}

/** Two lines that stand beside each other; `null` where a side has none. */
export interface Row {
  readonly mine: SideLine | null;
  readonly theirs: SideLine | null;
}

/**
 * Lines of two texts, given without their last line break, side by side; `null` when they have so little in common that
 * nobody could read it so.
 */
export function alignLines(mine: string, theirs: string): readonly Row[] | null {
  const [mineLines, theirLines] = [linesOf(mine), linesOf(theirs)];
  const parts = diffLines(mineLines.join(''), theirLines.join(''), { maxEditLength: MOST_EDITS });
  if (parts === undefined) return null;
  const rows: Row[] = [];
  let [mineAt, theirsAt] = [0, 0];
  const pairUp = (removed: number, added: number) => {
    for (let i = 0; i < Math.max(removed, added); i += 1) {
      const one = i < removed ? (mineLines[mineAt + i] ?? null) : null;
      const two = i < added ? (theirLines[theirsAt + i] ?? null) : null;
      const [mineMarks, theirMarks] = marksBetween(one?.trimEnd() ?? null, two?.trimEnd() ?? null);
      rows.push({
        mine: one === null ? null : { number: mineAt + i + 1, differs: true, marks: mineMarks },
        theirs: two === null ? null : { number: theirsAt + i + 1, differs: true, marks: theirMarks },
      });
    }
    mineAt += removed;
    theirsAt += added;
  };

  for (const [index, part] of parts.entries()) {
    const next = parts[index + 1];
    if (part.removed) pairUp(part.count, next?.added === true ? next.count : 0);
    else if (part.added) {
      if (parts[index - 1]?.removed !== true) pairUp(0, part.count);
    } else {
      for (let i = 1; i <= part.count; i += 1)
        rows.push({ mine: alike(mineAt + i), theirs: alike(theirsAt + i) });
      mineAt += part.count;
      theirsAt += part.count;
    }
  }
  return rows;
}

/** Each with its end, the last as well: it is the same line whether or not others follow. */
function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split('\n').map((line) => `${line}\n`);
}

function alike(number: number): SideLine {
  return { number, differs: false, marks: [] };
}

type Marks = SideLine['marks'];

/** Lines that share little are two lines, and marks all over them would say nothing. */
function marksBetween(one: string | null, two: string | null): readonly [Marks, Marks] {
  if (one === null || two === null || one.length + two.length > LONGEST_MARKED) return [[], []];
  const marks: [[number, number][], [number, number][]] = [[], []];
  let [atOne, atTwo, shared] = [0, 0, 0];
  for (const { value, added, removed } of diffWordsWithSpace(one, two)) {
    const end = value.length;
    if (removed) marks[0].push([atOne, atOne + end]);
    if (added) marks[1].push([atTwo, atTwo + end]);
    if (!added && !removed) shared += value.trim().length;
    if (!added) atOne += end;
    if (!removed) atTwo += end;
  }
  const isAlike = shared * 3 >= Math.min(one.trim().length, two.trim().length);
  return isAlike ? marks : [[], []];
}

/** Lines that come or go. A limit by time would give a busy computer another page. */
const MOST_EDITS = 2_500;
const LONGEST_MARKED = 2_000;
