import { diff3Merge } from 'node-diff3';
import { splitLines } from './hunks.ts';

/** Lines of mine, from 1. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** Both sides' changes to base in one text, or the lines of mine where both changed the same. A text of CRLF lines stays one. */
export function mergeTexts(
  mine: string,
  base: string,
  theirs: string,
): { readonly text: string } | { readonly conflicts: readonly LineRange[] } {
  const alike = isWindows(mine) && !isWindows(base) ? toWindows : (text: string) => text;
  const regions = diff3Merge(splitLines(mine), splitLines(alike(base)), splitLines(alike(theirs)), {
    excludeFalseConflicts: true,
  });
  const conflicts = regions.flatMap(({ conflict }) => {
    if (conflict === undefined) return [];
    return [{ from: conflict.aIndex + 1, to: conflict.aIndex + Math.max(1, conflict.a.length) }];
  });
  return conflicts.length > 0
    ? { conflicts }
    : { text: regions.flatMap((region) => region.ok ?? []).join('') };
}

function isWindows(text: string): boolean {
  return text.includes('\r\n') && !/(^|[^\r])\n/.test(text);
}

function toWindows(text: string): string {
  return text.replaceAll(/\r?\n/g, '\r\n');
}
