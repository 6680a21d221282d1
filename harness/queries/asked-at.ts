import type { Location } from '../../model/finding.ts';
import type { Sources } from '../sources.ts';

/** Where the learner's files hold the beginning of a statement, as far as it can be followed; `null` when none does. */
export function askedAt(sources: Sources, sql: string): Location | null {
  const text = sql.trim();
  for (let length = Math.min(LONGEST, text.length); length >= SHORTEST; length -= STEP) {
    const piece = text.slice(0, length);
    for (const file of sources.paths.filter((path) => CODE.test(path))) {
      const at = sources.text(file)?.indexOf(piece) ?? -1;
      if (at >= 0) return { file, line: (sources.text(file) ?? '').slice(0, at).split('\n').length };
    }
  }
  return null;
}

const CODE = /^app\/src\/.*\.[cm]?[jt]s$/;
/** Characters. Anything shorter begins half of all statements. */
const SHORTEST = 24;
const LONGEST = 160;
const STEP = 8;
